// A client in a process of its own, whose memory is measured: `node --expose-gc --require scripts/typescript-hook.cjs memory-client.ts
// ADDRESS ACTION`. It asks a node that tells the truth, or says what is refused at once, then the same once more; and prints how much more
// memory it took the second time, at most, and what became of it.
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { ask } from "../../../../provider/host/ask";
import { fetch, fetchFiles } from "../../../../provider/actions/fetch";
import { fetchTrust } from "../../../../provider/actions/trust";
import { observeNode } from "../../../../provider/actions/observe";
import { TableauError } from "../../../../provider/vocabulary/error";
import { type Host, HostPool, type NodeAddress } from "../../../../provider/host";
import { last } from "../../../../provider/host/reply";
import { Secret } from "../../../../provider/vocabulary/secret";
import { createTsm } from "../../../../provider/tsm/create-tsm";

const [, , text = "{}", action = ""] = process.argv;
const { password, ...address } = JSON.parse(text) as NodeAddress & { readonly password: string };
const pool = new HostPool();
const host = pool.host({ ...address, connection: { ...address.connection, password: new Secret(password) } as never });

const timeoutSeconds = 100;
const folder = address.platform === "windows" ? "C:/ProgramData/connectors" : "/opt/tableau/connectors";
const actions: Readonly<Record<string, (at: Host) => Promise<unknown>>> = {
  observe: (at) =>
    observeNode(at, { stateDirectory: folder, digests: [], directories: [folder, `${folder}/a`, `${folder}/b`], timeoutSeconds }),
  tsm: (at) => createTsm(at, { requestTimeoutSeconds: timeoutSeconds, commandTimeoutSeconds: timeoutSeconds }).look(),
  fetch: (at) =>
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

void main();

async function main(): Promise<void> {
  await outcome();
  process.stdout.write("asked once\n");
  await once(process.stdin, "data");
  globalThis.gc?.();
  const before = residentBytes("VmRSS");
  // The peak begins anew: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
  writeFileSync("/proc/self/clear_refs", "5");
  const code = await outcome();
  const more = residentBytes("VmHWM") - before;
  process.stdout.write(`${JSON.stringify({ code, more: Math.round(more / 1024 ** 2) })}\n`);
  pool.close();
}

async function outcome(): Promise<string> {
  try {
    await actions[action]?.(host);
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
