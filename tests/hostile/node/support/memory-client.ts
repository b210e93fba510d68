// A client in a process of its own, whose memory is measured: `node --expose-gc --require scripts/typescript-hook.cjs memory-client.ts`. Each
// line of its input is a node and an action. It asks the node, which tells the truth or says what is refused at once; after another line
// the same once more; and prints what became of it and how much memory this took at most, more than before the first of all.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { ask } from "../../../../provider/host/ask";
import { fetch, fetchFiles } from "../../../../provider/actions/fetch";
import { fetchTrust } from "../../../../provider/actions/trust";
import { observeNode } from "../../../../provider/actions/observe";
import { TableauError } from "../../../../provider/vocabulary/error";
import { type Host, HostPool, type NodeAddress } from "../../../../provider/host";
import { last } from "../../../../provider/host/reply";
import { Secret } from "../../../../provider/vocabulary/secret";
import { createTsm } from "../../../../provider/tsm/create-tsm";

type Address = NodeAddress & { readonly password: string };

const timeoutSeconds = 100;
const folders = { windows: "C:/ProgramData/connectors", linux: "/opt/tableau/connectors" };
const actions: Readonly<Record<string, (at: Host, folder: string) => Promise<unknown>>> = {
  observe: (at, folder) =>
    observeNode(at, { stateDirectory: folder, digests: [], directories: [folder, `${folder}/a`, `${folder}/b`], timeoutSeconds }),
  tsm: (at) => createTsm(at, { requestTimeoutSeconds: timeoutSeconds, commandTimeoutSeconds: timeoutSeconds }).look(),
  fetch: (at, folder) =>
    fetchFiles(
      at,
      { ...fetch, linux: "", as: "login" },
      { paths: [`${folder}/a.taco`], largest: 8 * 1024 ** 2, total: 8 * 1024 ** 2, timeoutSeconds },
    ),
  trust: (at) => fetchTrust(at, { known: null, tsmPath: null, timeoutSeconds }),
  nothing: (at) =>
    ask(at, {
      name: "nothing",
      linux: "",
      windows: () => Promise.resolve(),
      args: [],
      as: "login",
      timeoutSeconds,
      reply: { end: last() },
    }),
};

/** What it took before the first answer was measured. What an answer has left behind, and the next one takes again, counts as taken. */
let before: number | undefined;

void main();

async function main(): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    const { address, action } = JSON.parse(line.value) as { readonly address: Address; readonly action: string };
    await measure(address, action, () => lines.next());
  }
}

async function measure({ password, ...address }: Address, action: string, turn: () => Promise<unknown>): Promise<void> {
  const pool = new HostPool();
  const host = pool.host({ ...address, connection: { ...address.connection, password: new Secret(password) } as never });
  const outcome = (): Promise<string> => outcomeOf(() => actions[action]?.(host, folders[address.platform ?? "linux"]));
  await outcome();
  process.stdout.write("asked once\n");
  await turn();
  globalThis.gc?.();
  before ??= residentBytes("VmRSS");
  // The peak begins anew: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
  writeFileSync("/proc/self/clear_refs", "5");
  const code = await outcome();
  const more = residentBytes("VmHWM") - before;
  process.stdout.write(`${JSON.stringify({ code, more: Math.round(more / 1024 ** 2) })}\n`);
  pool.close();
}

async function outcomeOf(work: () => Promise<unknown> | undefined): Promise<string> {
  try {
    await work();
    return "all goes well";
  } catch (error) {
    return error instanceof TableauError ? error.code : `no error of this package: ${String(error)}`;
  }
}

function residentBytes(name: "VmRSS" | "VmHWM"): number {
  const line = readFileSync("/proc/self/status", "utf8")
    .split("\n")
    .find((one) => one.startsWith(name));
  return Number(/\d+/.exec(line ?? "")?.[0]) * 1024;
}
