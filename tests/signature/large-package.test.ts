import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyTaco } from "../../provider/signature";
import { pem } from "../../scripts/signature/build/certificates";
import { defaultStore, files, jar } from "../../scripts/signature/cases/case";
import type { EntrySpec } from "../taco/zip-builder";

const large = Array.from({ length: 3 }, (_, index) => ({ name: `${index}.bin`, data: randomBytes(8_000_000) }));
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
  { name: "damaged in the middle", package: changed({ "1.bin": { both: { crc: 1 } } }), codes: ["zip-crc"] },
  { name: "longer than it declares", package: changed({ "31.txt": { both: { size: 100_000 } } }), codes: ["zip-unreadable"], message: "31.txt" },
  { name: "broken in three places", package: changed({ "29.txt": { packed: noDeflate }, "45.txt": { packed: noDeflate }, "50.txt": { packed: noDeflate } }), codes: ["zip-unreadable"], message: "29.txt" },
]; // prettier-ignore

const trust = { keystores: [{ name: "roots", bytes: Buffer.from(defaultStore.map(pem).join("")) }] };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "large-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a package that is too large to be read as a whole", () => {
  it.each(cases)("that is $name gets the same verdict from its file as from memory", async ({ package: bytes, codes, message }) => {
    const path = join(folder, "large.taco");
    writeFileSync(path, bytes);
    const verdict = await verifyTaco(bytes, { trust });
    expect(verdict.findings.map((finding) => finding.code)).toEqual(codes);
    expect(verdict.findings[0]?.message ?? "").toContain(message ?? "");
    expect(await verifyTaco({ path }, { trust })).toEqual(verdict);
  });
});
