import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const lockModule = resolve(__dirname, "../../scripts/lock.mjs");
const deadProcess = 2 ** 22 + 1;

/** A process that takes the lock, writes when it came in and went out, and prints what it said while it waited. */
function holdLock(lock: string, journal: string, name: string): Promise<string> {
  const program = `
    import { appendFileSync } from "node:fs";
    import { setTimeout } from "node:timers/promises";
    import { withLock } from ${JSON.stringify(lockModule)};
    await withLock(${JSON.stringify(lock)}, { say: console.log, what: "testing" }, async () => {
      appendFileSync(${JSON.stringify(journal)}, "${name} in\\n");
      await setTimeout(300);
      appendFileSync(${JSON.stringify(journal)}, "${name} out\\n");
    });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((done, fail) => {
    child.on("close", (code) => {
      if (code === 0) done(printed);
      else fail(new Error(printed));
    });
  });
}

describe("the lock of whatever is made once", () => {
  let directory: string;
  let lock: string;
  let journal: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "pulumi-tableau-lock-"));
    lock = join(directory, "thing.lock");
    journal = join(directory, "journal");
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  test("three processes come in one after the other", async () => {
    await Promise.all(["a", "b", "c"].map((name) => holdLock(lock, journal, name)));
    const lines = readFileSync(journal, "utf8").trim().split("\n");
    expect(lines).toHaveLength(6);
    const pairs = [0, 2, 4].map((at) => lines.slice(at, at + 2).map((line) => line.charAt(0)));
    expect(pairs.every(([inside, outside]) => inside === outside)).toBe(true);
  });

  test("a dead holder's lock is taken over", async () => {
    writeFileSync(lock, `${String(deadProcess)}\n`);
    await holdLock(lock, journal, "a");
    expect(readFileSync(journal, "utf8")).toBe("a in\na out\n");
  });

  test("so is one from hours ago, whoever has its number today", async () => {
    writeFileSync(lock, `${String(process.pid)}\n`);
    const hoursAgo = Date.now() / 1000 - 7200;
    utimesSync(lock, hoursAgo, hoursAgo);
    await holdLock(lock, journal, "a");
    expect(readFileSync(journal, "utf8")).toBe("a in\na out\n");
  });

  test("who waits says for whom", async () => {
    writeFileSync(lock, `${String(process.pid)}\n`);
    const waiting = holdLock(lock, journal, "a");
    setTimeout(() => {
      rmSync(lock);
    }, 1500);
    expect(await waiting).toBe(`Another process is testing (process ${String(process.pid)}); waiting for it\n`);
  });
});
