import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { user } from "./territory";

/** What is put in place of a name, one after the other, as fast as a process can. */
export interface Swap {
  readonly path: string;
  readonly among: readonly ("file" | "pipe" | "folder" | { readonly linkTo: string })[];
}

// Each thing is made under another name and comes by one rename, so that the name is there almost always.
const program = `
const fs = require("fs"), { spawnSync } = require("child_process");
const swaps = JSON.parse(process.argv[1]);
let at = 0;
const attempt = (work) => { try { work(); } catch {} };
const make = (what, path) => {
  if (what === "file") fs.writeFileSync(path, "bytes of the user");
  else if (what === "folder") { fs.mkdirSync(path, 0o755); }
  else if (what === "pipe") spawnSync("mkfifo", [path]);
  else fs.symlinkSync(what.linkTo, path);
};
// Pipes cost a process: one of each stays aside and takes turns with what lies there.
for (const { path, among } of swaps) among.forEach((what, i) => attempt(() => make(what, path + ".aside" + i)));
process.stdout.write("ready");
for (;;) {
  at += 1;
  for (const { path, among } of swaps) {
    const aside = path + ".aside" + (at % among.length);
    attempt(() => fs.renameSync(path, path + ".old"));
    attempt(() => fs.renameSync(aside, path));
    attempt(() => fs.renameSync(path + ".old", aside));
    attempt(() => { if (!fs.existsSync(aside)) make(among[at % among.length], aside); });
  }
}
`;

/** Exchanges names in a loop, as the user, until the work is done. */
export async function whileSwapping<T>(swaps: readonly Swap[], work: () => Promise<T>): Promise<T> {
  const child: ChildProcess = spawn(process.execPath, ["-e", program, JSON.stringify(swaps)], {
    uid: user,
    gid: user,
    cwd: "/",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    if (child.stdout === null) throw new Error("no output");
    await once(child.stdout, "data");
    return await work();
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}
