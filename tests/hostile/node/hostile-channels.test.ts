import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { ServerChannel } from "ssh2";
import { closeLater } from "../../host/support/start-host";
import { startSshServer } from "../../host/support/ssh-server";
import { hostileBytes, type Prints } from "./support/hostile-bytes";

const root = join(__dirname, "../../..");

/** What each action is answered with, where it is a line that the action takes. */
const actions: Readonly<Record<string, readonly [key: string, ...fields: string[]]>> = {
  observe: ["process", "x", "1", "1"],
  tsm: ["stdout", "0", "x"],
  fetch: ["bytes", "/opt/tableau/connectors/a.taco", "x"],
  trust: ["file", "cacerts", "x"],
};

// The whole is every kind for every action.
const whole = process.env["PULUMI_TABLEAU_HOSTILE"] === "whole";

const mostMegabytes = 64;
const rows: string[] = [];

afterAll(() => {
  process.stdout.write(`action   MB more  refused with          what the node prints\n${rows.join("")}`);
});

describe.each(Object.entries(actions))("%s of a node that prints", (action, [key, ...fields]) => {
  const kinds = Object.entries(hostileBytes).filter(([what]) => whole || action === "observe" || what.startsWith("a text of"));
  test.each(kinds)("%s", async (what, makes) => {
    const { code, more } = await measured(action, makes(key, fields));
    rows.push(`${action.padEnd(8)} ${String(more).padStart(7)}  ${code.padEnd(20)}  ${what}\n`);
    expect([
      "host-answer-unreadable",
      "host-login-refused",
      "host-connection-lost",
      "tsm-answer-unreadable",
      "tsm-command-failed",
    ]).toContain(code);
    expect(more).toBeLessThanOrEqual(mostMegabytes);
  });
});

/** Asks a node twice: first it says nothing, then what it has to say. */
async function measured(action: string, prints: Prints): Promise<{ readonly code: string; readonly more: number }> {
  let asked = 0;
  const at = await startSshServer({
    password: "pw",
    exec: (command, channel) => {
      asked += 1;
      const nonce = /pt_n=([0-9a-f]+)/.exec(command)?.[1] ?? "";
      void print(channel, asked === 1 ? [] : prints(nonce));
    },
  });
  closeLater(() => at.close());
  const connection = { host: "127.0.0.1", port: at.port, user: "root", hostKey: at.hostKey, dialErrorLimit: 1, perDialTimeout: 10 };
  const address = JSON.stringify({ name: "node1", privilege: "none", connection, password: "pw" });
  const client = join(__dirname, "support/memory-client.ts");
  const child = spawn(process.execPath, ["--expose-gc", "--require", join(root, "scripts/typescript-hook.cjs"), client, address, action], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  closeLater(() => void child.kill("SIGKILL"));
  let printed = "";
  child.stdout.on("data", (piece: Buffer) => (printed += piece.toString()));
  await once(child, "close");
  return JSON.parse(printed) as { readonly code: string; readonly more: number };
}

/** Prints as fast as it is read. */
async function print(channel: ServerChannel, pieces: Iterable<Buffer>): Promise<void> {
  channel.resume();
  const closed = once(channel, "close");
  const gone = new AbortController();
  void closed.then(() => gone.abort());
  for (const piece of pieces) {
    if (gone.signal.aborted) return;
    if (!channel.write(piece)) await Promise.race([once(channel, "drain"), closed]);
    else await new Promise((resolve) => setImmediate(resolve));
  }
  channel.exit(0);
  channel.end();
}
