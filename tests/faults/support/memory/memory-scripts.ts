import type { AnswerLine } from "../../../../provider/host/host";
import { trustDigest } from "../../../../provider/actions/trust/trust-files";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allEnded } from "../../../../provider/tsm/all-ended";
import { settingsFile } from "../../../../provider/tsm/call";
import { simulatedTrustStore } from "../../../../simulator";
import { type MemoryNode, NoSpace } from "./memory-node";

/** A call of tsm: what it prints and its exit status. */
export type RunTsm = (
  argv: readonly string[],
  onLine: (line: string) => void,
) => Promise<{ status: number; stdout: string; stderr: string }>;

/** A script that runs on a node in memory. */
export interface MemoryRun {
  readonly node: MemoryNode;
  readonly args: readonly string[];
  readonly input: () => Promise<Buffer>;
  readonly emit: (...record: AnswerLine) => void;
  readonly step: () => Promise<void>;
  readonly tsm: RunTsm;
}

type MemoryScript = (run: MemoryRun) => Promise<number>;

/** What the scripts of provider/actions and provider/tsm/script.ts do, in their steps and with their answers. */
export const memoryScripts: Readonly<Record<string, MemoryScript>> = {
  observe,
  deliver: (run) => failing(run, deliver),
  stage: (run) => failing(run, stage),
  place: (run) => failing(run, place),
  record: (run) => failing(run, record),
  clean,
  forget,
  fetch,
  trust,
  tsm,
};

const cacerts = simulatedTrustStore();
const trustIs = trustDigest(new Map([["cacerts", cacerts]]));

function trust({ args: [known], emit }: MemoryRun): Promise<number> {
  emit("digest", trustIs, "/opt/tableau/tableau_server/packages/repository.20251.25.0101.0101/jre/lib/security/cacerts");
  if (known !== trustIs) emit("file", "cacerts", cacerts.toString("base64"));
  return Promise.resolve(0);
}

async function failing(run: MemoryRun, work: MemoryScript): Promise<number> {
  try {
    return await work(run);
  } catch (error) {
    if (!(error instanceof NoSpace)) throw error;
    run.emit("failed", "write", error.message);
    return 1;
  }
}

async function observe({ node, args, emit, step }: MemoryRun): Promise<number> {
  const [state = "", count = "0", ...rest] = args;
  const now = node.now();
  emit("clock", now.toFixed(9), "1000.00");
  emit("boot", "memory");
  emit("login", "root");
  emit("runas", "tableau", "tableau");
  for (const sha of rest.slice(0, Number(count))) {
    const stored = node.get(`${state}/store/${sha}`);
    if (stored !== undefined) emit("verified", sha, stored.sha256);
  }
  for (const name of node.list(`${state}/store`).filter((one) => !one.startsWith(".") && !one.endsWith("o"))) {
    const stored = node.get(`${state}/store/${name}`);
    const [pluginClass = "", version = "", file = ""] = textOf(node, `${state}/store/${name}.info`).split("\n");
    emit("stored", name, `${String(stored?.bytes.length ?? 0)} ${String(Math.floor(stored?.changedAt ?? 0))}`, pluginClass, version, file);
  }
  await step();
  for (const directory of rest.slice(Number(count))) observeDirectory(node, directory, emit);
  await step();
  if (node.runningSince !== null) {
    emit("process", "vizqlserver", node.runningSince.toFixed(3), String(Math.round(node.runningSince * 100) - 170_000_000_000));
  }
  if (node.get(`${state}/record.json`) !== undefined) emit("record", textOf(node, `${state}/record.json`));
  const note = node.get(`${state}/restart-required`);
  if (note !== undefined) emit("restart-required", note.changedAt.toFixed(9), note.bytes.toString());
  emit("end");
  return 0;
}

function observeDirectory(node: MemoryNode, directory: string, emit: MemoryRun["emit"]): void {
  if (!node.hasFolder(directory)) return emit("directory", directory, "absent", "in");
  emit("directory", directory, "755 root root");
  const names = node.list(directory).filter((name) => /^[^.].*\.(?:taco|jar)$|^\.pulumi-tableau\..*\.part$/.test(name));
  for (const name of names) emit("name", directory, name);
  for (const name of names) {
    const file = node.get(`${directory}/${name}`);
    emit("stat", directory, `644 root root ${String(file?.bytes.length ?? 0)} ${(file?.changedAt ?? 0).toFixed(9)}`);
  }
  for (const name of names) emit("digest", directory, node.get(`${directory}/${name}`)?.sha256 ?? "");
}

async function deliver({ node, args, input, emit, step }: MemoryRun): Promise<number> {
  const [state = "", ...rest] = args;
  const missing = groupsOf(rest, 6).filter(([sha256 = ""]) => node.get(`${state}/store/${sha256}`)?.sha256 !== sha256);
  const isLive = ([sha256 = "", , , , , live = "-"]: readonly string[]): boolean => node.get(live)?.sha256 === sha256;
  const [wanted, copied] = [missing.filter((each) => !isLive(each)), missing.filter(isLive)];
  emit("wants", ...wanted.map(([sha256 = ""]) => sha256));
  for (const [sha256 = "", , ...words] of copied) {
    node.write(`${state}/store/${sha256}`, node.get(words[3] ?? "")?.bytes ?? Buffer.alloc(0));
    node.write(`${state}/store/${sha256}.info`, Buffer.from(`${words.slice(0, 3).join("\n")}\n`));
    await step();
    emit("copied", sha256);
  }
  if (wanted.length === 0) return 0;
  const bytes = await input();
  let at = 0;
  const packages = wanted.map(([sha256 = "", size = "0", ...words]) => {
    const own = bytes.subarray(at, at + Number(size));
    at += Number(size);
    return { sha256, own, words };
  });
  for (const { sha256, own, words } of packages) {
    node.write(`${state}/store/.incoming.x/${sha256}`, own);
    node.write(`${state}/store/.incoming.x/${sha256}.info`, Buffer.from(`${words.slice(0, 3).join("\n")}\n`));
    await step();
  }
  for (const { sha256 } of packages) {
    const incoming = node.get(`${state}/store/.incoming.x/${sha256}`);
    if (incoming?.sha256 === sha256) continue;
    emit("mismatch", sha256, String(incoming?.bytes.length ?? 0), incoming?.sha256 ?? "");
    return 1;
  }
  for (const { sha256 } of packages) {
    for (const name of [sha256, `${sha256}.info`]) {
      node.rename(`${state}/store/.incoming.x/${name}`, `${state}/store/${name}`);
      await step();
    }
  }
  for (const { sha256 } of packages) emit("delivered", sha256);
  return 0;
}

async function stage({ node, args, emit, step }: MemoryRun): Promise<number> {
  const [state = "", directory = "", ...digests] = args;
  node.makeFolder(directory);
  for (const sha of digests) {
    const stored = node.get(`${state}/store/${sha}`);
    if (stored === undefined) {
      emit("failed", "copy the packages beside the live files", "No such file or directory");
      return 1;
    }
    const part = `${directory}/.pulumi-tableau.${sha}.part`;
    node.write(part, stored.bytes);
    await step();
    if (stored.sha256 === sha) continue;
    node.remove(part);
    emit("mismatch", sha, String(stored.bytes.length), stored.sha256);
    return 1;
  }
  for (const sha of digests) emit("staged", sha);
  return 0;
}

async function place({ node, args, emit, step }: MemoryRun): Promise<number> {
  const [state = "", ...rest] = args;
  for (const [kind = "", directory = "", name = "", sha = "", was = ""] of groupsOf(rest, 5)) {
    const live = `${directory}/${name}`;
    const now = node.get(live)?.sha256 ?? "-";
    if (kind === "open" || kind === "mend") continue;
    if (now !== was && (kind === "place" ? now !== sha : now !== "-")) {
      emit("changed", directory, name, now);
      return 1;
    }
    if (now !== "-" && now !== sha) await keep({ node, step }, state, live, name);
    await step();
    if (kind === "retire") node.remove(live);
    else if (!placePart(node, directory, live, sha)) {
      emit("failed", `place ${name}`, "its verified copy has vanished");
      return 1;
    }
    emit(kind === "place" ? "placed" : "retired", directory, name);
    await step();
  }
  emit("end");
  return 0;
}

async function keep({ node, step }: Pick<MemoryRun, "node" | "step">, state: string, live: string, name: string): Promise<void> {
  const file = node.get(live);
  if (file === undefined || node.get(`${state}/store/${file.sha256}`)?.sha256 === file.sha256) return;
  const incoming = `${state}/store/.incoming.${file.sha256}`;
  node.write(incoming, file.bytes);
  await step();
  const info = `${state}/store/${file.sha256}.info`;
  if (node.get(info) === undefined) node.write(info, Buffer.from(`\n\n${name}\n`));
  node.rename(incoming, `${state}/store/${file.sha256}`);
}

function placePart(node: MemoryNode, directory: string, live: string, sha: string): boolean {
  node.rename(`${directory}/.pulumi-tableau.${sha}.part`, live);
  return node.get(live)?.sha256 === sha;
}

async function record({ node, args, input, emit, step }: MemoryRun): Promise<number> {
  const [state = "", how = "", reason = "", sha = ""] = args;
  const bytes = await input();
  if (how === "due") node.write(`${state}/restart-required`, Buffer.from(`${reason}\n`));
  await step();
  const part = `${state}/record.json.part.x`;
  node.write(part, bytes);
  if (node.get(part)?.sha256 !== sha) {
    node.remove(part);
    emit("failed", `write ${state}/record.json`, "it arrived cut");
    return 1;
  }
  await step();
  node.rename(part, `${state}/record.json`);
  await step();
  if (how === "clear") node.remove(`${state}/restart-required`);
  emit("recorded");
  return 0;
}

async function clean({ node, args, emit, step }: MemoryRun): Promise<number> {
  const [state = "", count = "0", ...rest] = args;
  for (const sha of rest.slice(Number(count))) {
    node.remove(`${state}/store/${sha}`);
    await step();
    node.remove(`${state}/store/${sha}.info`);
  }
  for (const directory of rest.slice(0, Number(count))) {
    for (const name of node.list(directory)) if (/^\.pulumi-tableau\..*\.part$/.test(name)) node.remove(`${directory}/${name}`);
  }
  emit("end");
  return 0;
}

async function forget({ node, args: [state = ""], emit, step }: MemoryRun): Promise<number> {
  node.remove(`${state}/record.json`);
  await step();
  node.remove(`${state}/restart-required`);
  emit("end");
  return 0;
}

function fetch({ node, args: [, , ...paths], emit }: MemoryRun): Promise<number> {
  for (const path of paths) {
    const file = node.get(path);
    if (file === undefined) emit("missing", path);
    else emit("bytes", path, file.bytes.toString("base64"));
  }
  emit("end");
  return Promise.resolve(0);
}

// The simulator's tsm reads files of this machine.
async function tsm(run: MemoryRun): Promise<number> {
  if (run.args[5] !== "rest") return await runCalls(run, "");
  const folder = mkdtempSync(join(tmpdir(), "memory-keys-"));
  try {
    writeFileSync(join(folder, "keys.json"), await run.input(), { mode: 0o600 });
    await run.step();
    return await runCalls(run, join(folder, "keys.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCalls({ args, emit, tsm: call }: MemoryRun, file: string): Promise<number> {
  emit("program", "/opt/tableau/tsm");
  let rest = args.slice(6);
  for (let number = 0; rest.length > 0; number += 1) {
    const [count = "0", output = "", onFailure = ""] = rest;
    const argv = rest.slice(3, 3 + Number(count)).map((arg) => (arg === settingsFile ? file : arg));
    rest = rest.slice(3 + Number(count));
    const name = String(number);
    const { status, stdout, stderr } = await call(argv, (line) => (output === "lines" ? emit("line", name, line) : undefined));
    if (output !== "lines") {
      emit("stderr", name, stderr.trimEnd());
      emit("stdout", name, stdout.trimEnd());
    }
    emit("exit", name, String(status));
    if (onFailure === "stop-if-busy" && !allEnded({ stdout, stderr, status })) {
      emit("busy", name);
      return 0;
    }
    if (/^Could not connect to/m.test(stdout + stderr)) return 0;
    if (onFailure === "stop" && status !== 0) return 0;
  }
  return 0;
}

function textOf(node: MemoryNode, path: string): string {
  return node.get(path)?.bytes.toString() ?? "";
}

function groupsOf(words: readonly string[], size: number): (readonly string[])[] {
  return Array.from({ length: words.length / size }, (_, i) => words.slice(i * size, (i + 1) * size));
}
