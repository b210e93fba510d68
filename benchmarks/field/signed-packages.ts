import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { signedData } from "../../scripts/signature/build/cms";
import { latin1, manifestParts, manifestText, signatureFile } from "../../scripts/signature/build/jar";
import { files, usual } from "../../scripts/signature/cases/case";
import { intermediate, root, signer } from "../../scripts/signature/cases/pki";
import { buildZip } from "../../tests/taco/zip-builder";

interface File {
  readonly name: string;
  readonly data: string | Buffer;
}

/** Ten files, like a real connector. */
export function smallSigned(): Buffer {
  const more = Array.from({ length: 7 }, (_, index) => ({
    name: `file-${index}.js`,
    data: `${randomBytes(1000).toString("hex")}${"function f() {}\n".repeat(500)}`,
  }));
  return signed([...files, ...more]);
}

/** 500 MB in 2,000 files, half of them text. What is packed is written to `unpacked` as well. */
export async function largeSigned(unpacked: string): Promise<Buffer> {
  const words = randomBytes(64 * 1024).toString("hex");
  const out = createWriteStream(unpacked);
  const entries: File[] = [];
  for (let index = 0; index < 2000; index++) {
    const data = index % 2 === 0 ? randomBytes(250_000) : text(words, index);
    entries.push({ name: `data/${index}.bin`, data });
    if (!out.write(data)) {
      await once(out, "drain");
    }
  }
  out.end();
  await once(out, "finish");
  return signed([...files, ...entries]);
}

function text(words: string, index: number): Buffer {
  const at = (index * 7919) % 100_000;
  const slice = words.slice(at, at + 20_000).replace(/[0-4]/g, " the ");
  return Buffer.from(`${index} `.repeat(20) + slice.repeat(6)).subarray(0, 250_000);
}

/** What should be refused, with little time and memory. */
export function hostilePackages(): Readonly<Record<string, Buffer>> {
  const bomb = deflateRawSync(Buffer.alloc(100 * 1024 * 1024));
  return {
    "a bomb": buildZip([{ name: "a", packed: bomb, both: { size: 100 * 1024 * 1024 } }]),
    "a bomb that declares less": buildZip([{ name: "a", packed: bomb, both: { size: 9 * 1024 * 1024 } }]),
    "65,536 entries": buildZip(
      Array.from({ length: 65_536 }, (_, index) => ({ name: `${index}` })),
      { count: 0xffff },
    ),
    "names of spaces": buildZip(Array.from({ length: 250 }, (_, index) => ({ name: `${" ".repeat(60_000)}${index}` }))),
    "deep ASN.1": buildZip([{ name: "META-INF/MANIFEST.MF", data: "A: b\r\n\r\n" }, { name: "META-INF/A.SF", data: "Signature-Version: 1.0\r\n\r\n" }, { name: "META-INF/A.RSA", data: Buffer.alloc(1024 * 1024, Buffer.from([0x30, 0x80])) }]),
    "a manifest of 8 MB": unsigned("Name: x\nB: c\n\n".repeat(530_000)),
    "a manifest of 400,000 sections": unsigned(range(400_000, (index) => `Name: f${index}\r\n\r\n`)),
    "a section of a million attributes": unsigned(`Name: f\n${range(1_000_000, (index) => `${index.toString(36).padStart(4, "0")}: \n`)}\n`),
  }; // prettier-ignore
}

/** A package with a manifest of some sections, an entry of the name `f`, and nothing that would be a signature. */
function unsigned(sections: string): Buffer {
  return buildZip([
    { name: "META-INF/MANIFEST.MF", data: `A: b\n\n${sections}`, method: 0 },
    { name: "META-INF/A.SF" },
    { name: "META-INF/A.RSA", data: "x" },
    { name: "f" },
  ]);
}

function range(count: number, textOf: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => textOf(index)).join("");
}

/** A package with the usual signer and timestamp. */
function signed(own: readonly File[]): Buffer {
  const parts = manifestParts(own);
  const file = latin1(signatureFile(parts));
  const block = signedData(file, { signers: [usual()], certificates: [signer, intermediate, root] });
  return buildZip([
    { name: "META-INF/MANIFEST.MF", data: latin1(manifestText(parts)) },
    { name: "META-INF/VENDOR.SF", data: file },
    { name: "META-INF/VENDOR.EC", data: block },
    ...own,
  ]);
}
