import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { repository } from "../engine/support";

jest.setTimeout(120_000);

const sabotage = join(__dirname, "sabotage.cjs");
const typescript = ["--require", join(repository, "scripts/typescript-hook.cjs")];

const argumentsOf: Readonly<Record<string, readonly string[]>> = { "scripts/node-version.mjs": ["0.0.0-sabotaged"] };
/** They load or make much before their second call. */
const slow = ["benchmarks/", "scripts/signature/", "scripts/examples-check", "scripts/package-check"];

// PULUMI_TABLEAU_SCRIPTS=whole has each script fail at both; otherwise at one, every other one at the second call where it makes two.
const whole = process.env["PULUMI_TABLEAU_SCRIPTS"] === "whole";
const all = findScripts();

/** From which call on everything fails, one after the other until the script has failed. */
function callsOf(script: string): readonly number[] {
  if (slow.some((name) => script.startsWith(name))) return [1];
  return all.indexOf(script) % 2 === 0 ? [1, 2] : [2, 1];
}

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

describe("every script of the repository ends with a status other than 0 when anything throws", () => {
  test.each(all)("%s", async (script) => {
    // From the first call on that the script makes of a file or a program everything fails; or from the second one on.
    let hasFailed = false;
    for (const from of callsOf(script)) {
      const args = [...(script.endsWith(".ts") ? typescript : []), "--require", sabotage, script, ...(argumentsOf[script] ?? [])];
      const { status, output } = await runNode(args, { SABOTAGE_FROM: String(from) });
      const failed = output.includes("sabotaged");
      expect([script, from, status, output]).toEqual([script, from, failed ? 1 : 0, output]);
      hasFailed ||= failed;
      if (failed && !whole) break;
    }
    expect(hasFailed).toBe(true);
  });
});

describe("what a script ends with", () => {
  test.each([
    ["what it gives", "() => 3", 3],
    ["0 where it gives nothing", "async () => {}", 0],
    ["1 where it throws", "() => { throw new Error('broken') }", 1],
    ["1 where it rejects", "() => Promise.reject(new Error('broken'))", 1],
    ["1 where what it throws is no error", "() => { throw undefined }", 1],
    ["1 where something else keeps the process alive", "() => { setInterval(() => {}, 1000); throw new Error('broken') }", 1],
    ["1 where it waits for what never comes", "() => new Promise(() => {})", 1],
    ["1 where nobody catches an error", "() => { setImmediate(() => { throw new Error('broken') }); return new Promise(() => {}) }", 1],
    [
      "1 in spite of listeners that swallow",
      "() => { process.on('unhandledRejection', () => {}); return Promise.reject(new Error('broken')) }",
      1,
    ],
    [
      "1 in spite of listeners that an operation left behind",
      `async () => {
        await withoutStrayListeners(async () => {
          process.on("uncaughtException", () => {});
          process.on("unhandledRejection", () => {});
        });
        setImmediate(() => { throw new Error("broken") });
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }`,
      1,
    ],
  ])("%s", async (_name, work, status) => {
    const text = `const { runMain, withoutStrayListeners } = require("./scripts/run-main.cjs"); void runMain(${work});`;
    const ended = await runNode(["--eval", text], {});
    expect([ended.status, ended]).toEqual([status, ended]);
    if (work.includes("broken")) expect(ended.output).toContain("broken");
  });

  test("a listener that was there before an operation stays", async () => {
    const text = `
      const { runMain, withoutStrayListeners } = require("./scripts/run-main.cjs");
      process.on("unhandledRejection", () => console.log("own listener"));
      void runMain(async () => {
        await withoutStrayListeners(async () => process.on("unhandledRejection", () => {}));
        void Promise.reject(new Error("broken"));
        await new Promise((resolve) => setImmediate(resolve));
        return process.listenerCount("unhandledRejection");
      });`;
    expect(await runNode(["--eval", text], {})).toEqual({ status: 1, output: "own listener\n" });
  });
});

/** What package.json starts with `node`, and whatever under scripts/ is a program. */
function findScripts(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const started = Object.values(scripts).flatMap((text) =>
    [...text.matchAll(/\bnode (?:-r \S+ )?(\S+\.(?:mjs|cjs|ts))/g)].map(([, path]) => path ?? ""),
  );
  const programs = readdirSync(join(repository, "scripts"), { recursive: true, encoding: "utf8" })
    .map((path) => join("scripts", path))
    .filter((path) => /\.(mjs|cjs|ts)$/.test(path) && /^#!|\brunMain\(|\bvoid main\(/m.test(readFileSync(join(repository, path), "utf8")))
    .filter((path) => !path.endsWith("run-main.cjs"));
  return [...new Set([...started, ...programs, "benchmarks/main.ts"].map((path) => relative(repository, join(repository, path))))].sort();
}

function runNode(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: repository,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status, output });
    });
  });
}
