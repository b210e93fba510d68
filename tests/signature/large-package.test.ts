import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyTaco } from "../../provider/signature";
import { pem } from "../../scripts/signature/build/certificates";
import { defaultStore, files, jar } from "../../scripts/signature/cases/case";
import type { EntrySpec } from "../taco/zip-builder";

const large = Array.from({ length: 9 }, (_, index) => ({ name: `${index}.bin`, data: randomBytes(8_000_000) }));
const stored = (entries: readonly EntrySpec[]): EntrySpec[] => entries.map((entry) => ({ ...entry, method: 0 }));
const packages = {
  good: jar({ files: [...files, ...large], entries: stored }),
  tampered: jar({
    files: [...files, ...large],
    entries: (entries) => stored(entries).map((entry) => (entry.name === "7.bin" ? { ...entry, data: randomBytes(8_000_000) } : entry)),
  }),
  damaged: jar({
    files: [...files, ...large],
    entries: (entries) => stored(entries).map((entry) => (entry.name === "3.bin" ? { ...entry, both: { crc: 1 } } : entry)),
  }),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "large-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a package of 72 MB", () => {
  it.each<[keyof typeof packages, string | undefined]>([
    ["good", undefined],
    ["tampered", "entry-tampered"],
    ["damaged", "zip-crc"],
  ])(
    "that is %s gets the same verdict from a file and from memory",
    async (name, code) => {
      const path = join(folder, `${name}.taco`);
      writeFileSync(path, packages[name]);
      const trust = { keystores: [{ name: "roots", bytes: Buffer.from(defaultStore.map(pem).join("")) }] };
      const verdict = await verifyTaco({ path }, { trust });
      expect(verdict.findings.map((finding) => finding.code)).toEqual(code === undefined ? [] : [code]);
      expect(await verifyTaco(packages[name], { trust })).toEqual(verdict);
    },
    60_000,
  );
});
