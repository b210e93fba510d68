import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Waits, waits } from "../../provider/host/limits";

/** How docs/hosts.md calls each wait, and what it says of its limit. */
const rows: Readonly<Record<keyof Waits, readonly [wait: string, limit: (time: string) => string]>> = {
  localFile: ["a file of this machine (`known_hosts`, key)", (time) => time],
  agent: ["one answer of an SSH agent", (time) => time],
  longestDial: ["the same with `perDialTimeout: 0`", (time) => time],
  login: ["the login", (time) => `as to connect, at least ${time}`],
  session: ["a session: until it is open and has taken its command or SFTP", (time) => time],
  sessionEnd: ["a session that is closed, to end", (time) => time],
  shellEnd: ["a shell that is told to end", (time) => time],
  afterEndMark: ["both outputs to close after the end of a script", (time) => time],
  keepAlive: ["a sign of life from the node", (time) => `4 × ${time}`],
  keptShellIdle: ["a shell that is kept, for its next script", (time) => time],
  sftp: ["Windows: one answer over SFTP, while nothing else is answered", (time) => time],
  heldFile: ["Windows: a file to be held or let go", (time) => time],
  lockAnswer: ["the first word about the lock of a server", (time) => time],
};

const shown = (seconds: number): string => (seconds >= 600 ? `${String(seconds / 60)} min` : `${String(seconds)} s`);
const table = new Map(
  [...readFileSync(join(__dirname, "../../docs/hosts.md"), "utf8").matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, wait = "", limit = ""]) => [wait, limit],
  ),
);

test.each(Object.entries(rows))("docs/hosts.md tells the limit of %s", (name, [wait, limit]) => {
  expect(table.get(wait)).toBe(limit(shown(waits[name as keyof Waits])));
});
