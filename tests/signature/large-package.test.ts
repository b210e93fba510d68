import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { verifyTaco } from "../../provider/signature";
import type { Verdict } from "../../provider/signature";
import { pem } from "../../scripts/signature/build/certificates";
import { defaultStore, files, jar } from "../../scripts/signature/cases/case";
import type { EntrySpec } from "../taco/zip-builder";

const large = Array.from({ length: 7 }, (_, index) => ({ name: `${index}.bin`, data: randomBytes(8_000_000) }));
const text = Array.from({ length: 60 }, (_, index) => ({
  name: `${index}.txt`,
  data: `${index} ${randomBytes(8).toString("hex")} `.repeat(10_000),
}));
const all = [...text.slice(0, 30), ...large, ...text.slice(30)];

/** The package, with some of its entries replaced. */
function changed(entries: Readonly<Record<string, Partial<EntrySpec>>>): Buffer {
  const stored = (entry: EntrySpec): EntrySpec => (entry.name.endsWith(".bin") ? { ...entry, method: 0 } : entry);
  return jar({ files: [...files, ...all], entries: (own) => own.map((entry) => ({ ...stored(entry), ...entries[entry.name] })) });
}

const noDeflate = Buffer.alloc(1000, 0xff);
const cases: readonly { readonly name: string; readonly package: Buffer; readonly codes: readonly string[]; readonly message?: string }[] = [
  { name: "good", package: changed({}), codes: [] },
  { name: "tampered at both ends", package: changed({ "1.txt": { data: "x" }, "59.txt": { data: "y" } }), codes: ["entry-tampered", "entry-tampered"] },
  { name: "damaged in the middle", package: changed({ "3.bin": { both: { crc: 1 } } }), codes: ["zip-crc"] },
  { name: "longer than it declares", package: changed({ "31.txt": { both: { size: 100_000 } } }), codes: ["zip-unreadable"], message: "31.txt" },
  { name: "broken in three places", package: changed({ "29.txt": { packed: noDeflate }, "45.txt": { packed: noDeflate }, "50.txt": { packed: noDeflate } }), codes: ["zip-unreadable"], message: "29.txt" },
]; // prettier-ignore

const roots = defaultStore.map(pem).join("");
const trust = { keystores: [{ name: "roots", bytes: Buffer.from(roots) }] };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "large-"));
  writeFileSync(join(folder, "roots.pem"), roots);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Verifies in a process whose threads can run TypeScript, which those of the test runner cannot. */
function verifyInProcess(path: string, flags: readonly string[]): { readonly verdict: Verdict; readonly threads: number } {
  const program = `
    let threads = 0;
    process.on("worker", () => (threads += 1));
    const { verifyTaco } = require(process.argv[1]);
    verifyTaco({ path: process.argv[2] }, { trust: { keystores: [process.argv[3]] } }).then((verdict) => console.log(JSON.stringify({ verdict, threads })));`;
  const hook = resolve("scripts/typescript-hook.cjs");
  const argv = [...flags, "-r", hook, "-e", program, resolve("provider/signature/index.ts"), path, join(folder, "roots.pem")];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  if (stderr !== "") {
    throw new Error(stderr);
  }
  return JSON.parse(stdout) as { verdict: Verdict; threads: number };
}

describe("a package of 57 MB", () => {
  it.each(cases)(
    "that is $name gets the same verdict from memory, on one thread and on two",
    async ({ package: bytes, codes, message }) => {
      const path = join(folder, "large.taco");
      writeFileSync(path, bytes);
      const verdict = await verifyTaco(bytes, { trust });
      expect(verdict.findings.map((finding) => finding.code)).toEqual(codes);
      expect(verdict.findings[0]?.message ?? "").toContain(message ?? "");
      // Here the second thread starts and fails, since it cannot run TypeScript.
      expect(await verifyTaco({ path }, { trust })).toEqual(verdict);
      expect(verifyInProcess(path, [])).toEqual({ verdict: JSON.parse(JSON.stringify(verdict)) as Verdict, threads: 1 });
    },
    60_000,
  );
});
