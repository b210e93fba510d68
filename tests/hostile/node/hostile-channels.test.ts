import { once } from "node:events";
import type { ServerChannel } from "ssh2";
import { closeLater } from "../../host/support/start-host";
import { startSshServer, type TestServerOptions } from "../../host/support/ssh-server";
import { hostileBytes, type Prints } from "./support/hostile-bytes";
import { hostileMachines, type Machine, printed, serve } from "./support/hostile-sftp";
import { type Measured, MeasuringClient } from "./support/measuring-client";

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
const client = new MeasuringClient();

afterAll(async () => {
  await client.end();
  process.stdout.write(`action   MB more  refused with          what the node prints\n${rows.join("")}`);
});

describe.each(Object.entries(actions))("%s of a node that prints", (action, [key, ...fields]) => {
  const kinds = Object.entries(hostileBytes).filter(([what]) => whole || action === "observe" || what.startsWith("a text of"));
  test.each(kinds)("%s", async (what, makes) => {
    const { code, more } = await measuredPrints(action, makes(key, fields));
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

describe.each(["observe", "trust", "fetch", "tsm"])("%s of a Windows machine that tells of", (action) => {
  const machines = Object.entries(hostileMachines).filter(([what]) => whole || action === "observe" || what === "bytes without a line end");
  test.each(machines)("%s", async (what, machine) => {
    let now: Machine = {};
    const options: TestServerOptions = {
      software: "OpenSSH_for_Windows_9.5",
      exec: (command, channel) => void print(channel, printed(command, now)),
      sftp: (sftp) => serve(sftp, () => now),
    };
    const { code, more } = await measured(action, "windows", options, () => (now = machine));
    rows.push(`${action.padEnd(8)} ${String(more).padStart(7)}  ${code.padEnd(20)}  Windows: ${what}\n`);
    expect(code).toMatch(/^(?:all goes well|(?:host|tsm)-[a-z-]+)$/);
    expect(more).toBeLessThanOrEqual(mostMegabytes);
  });
});

/** Asks a node of Linux twice: first it says nothing, then what it has to say. */
async function measuredPrints(action: string, prints: Prints): Promise<Measured> {
  let now: Prints = () => [];
  const options: TestServerOptions = {
    exec: (command, channel) => void print(channel, now(/pt_n=([0-9a-f]+)/.exec(command)?.[1] ?? "")),
  };
  return await measured(action, "linux", options, () => (now = prints));
}

/** Has a client ask a server twice. */
async function measured(action: string, platform: "linux" | "windows", options: TestServerOptions, turn: () => void): Promise<Measured> {
  const at = await startSshServer({ password: "pw", ...options });
  closeLater(() => at.close());
  const connection = { host: "127.0.0.1", port: at.port, user: "root", hostKey: at.hostKey, dialErrorLimit: 1, perDialTimeout: 10 };
  return await client.ask({ name: "node1", privilege: "none", platform, connection, password: "pw" }, action, turn);
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
