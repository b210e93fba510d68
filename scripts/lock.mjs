// A lock file that names the process which holds it, so that two processes do not make the same thing at once.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Runs `work` while holding `file`; waits for a living holder, takes over from a dead one. */
export async function withLock(file, { say, what }, work) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!acquire(file)) {
    if (!told) say(`Another process is ${what} (process ${holder(file) ?? "unknown"}); waiting for it`);
    told = true;
    await setTimeout(1000);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function acquire(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const pid = holder(file);
  if (isOld(file) || (pid !== undefined && !isAlive(pid))) discard(file, pid);
  return false;
}

/** Nothing is made for an hour: such a file is left from before, and its number may belong to another process now. */
function isOld(file) {
  const made = statSync(file, { throwIfNoEntry: false });
  return made !== undefined && Date.now() - made.mtimeMs > 3_600_000;
}

/** Rename first, look second: whoever gets a living holder's file by a race puts it back. */
function discard(file, dead) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (holder(aside) === dead) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

function holder(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
