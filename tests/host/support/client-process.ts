// A client in a process of its own, which can be killed: `node --require scripts/typescript-hook.cjs client-process.ts ADDRESS`.
// It runs scripts in kept shells, prints the process ids of these and of their parents, and stays.
import { HostPool, type NodeAddress } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "./contract";

const [, , text = "{}", last = ""] = process.argv;
const { privateKey, ...address } = JSON.parse(text) as NodeAddress & { readonly privateKey: string };
const host = new HostPool().host({ ...address, connection: { ...address.connection, privateKey: new Secret(privateKey) } as never });

void main();

async function main(): Promise<void> {
  const pids: string[] = [];
  for (const as of ["login", "privileged", "login", "privileged"] as const) {
    const { records } = await host.run(script('emit "$$" "$PPID"', { as }));
    pids.push(...(records[0] ?? []));
  }
  process.stdout.write(`${pids.join(" ")}\n`);
  if (last !== "") await host.run(script(last, { as: "privileged" }));
  setInterval(() => undefined, 1000);
}
