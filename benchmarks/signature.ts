import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { openTrustStores, verifyTaco } from "../provider/signature";
import { pem } from "../scripts/signature/build/certificates";
import { writeJks } from "../scripts/signature/build/jks";
import { latin1, manifestParts, manifestText, signatureFile } from "../scripts/signature/build/jar";
import { signedData } from "../scripts/signature/build/cms";
import { defaultStore, files, usual } from "../scripts/signature/cases/case";
import { intermediate, root, signer } from "../scripts/signature/cases/pki";
import { buildZip } from "../tests/taco/zip-builder";
import type { EntrySpec } from "../tests/taco/zip-builder";

/**
 * `npm run bench -- signature`: verifying a package, against `jarsigner -verify -strict` (needs a JDK) and `openssl dgst -sha256`. All
 * figures are ratios within one run: how many times longer the peer takes.
 */
async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const store = join(work, "store.jks");
    const roots = join(work, "roots.pem");
    writeFileSync(store, writeJks(defaultStore));
    writeFileSync(roots, defaultStore.map(pem).join(""));
    await small(work, store, roots);
    await large(work, store, roots);
    await hostile(work, roots);
  } finally {
    rmSync(work, { recursive: true });
  }
}

const jarsigner = (store: string, path: string): readonly string[] => [
  "jarsigner",
  "-verify",
  "-strict",
  "-keystore",
  store,
  "-storepass",
  "changeit",
  path,
];
const ours = (roots: string, path: string): readonly string[] => [
  process.execPath,
  join(__dirname, "../dist/provider/cli/main.js"),
  "verify",
  "--trust-store",
  roots,
  path,
];

async function small(work: string, store: string, roots: string): Promise<void> {
  const path = join(work, "small.taco");
  const more = Array.from({ length: 7 }, (_, index) => ({
    name: `file-${index}.js`,
    data: `${randomBytes(500).toString("hex")}${"function f() {}\n".repeat(500)}`,
  }));
  const bytes = signed([...files, ...more]);
  writeFileSync(path, bytes);
  const trust = await openTrustStores({ keystores: [roots] });
  const warm = async (): Promise<number> => {
    for (let index = 0; index < 50; index++) {
      await verifyTaco({ path }, { trust });
    }
    const start = performance.now();
    for (let index = 0; index < 100; index++) {
      await verifyTaco({ path }, { trust });
    }
    return (performance.now() - start) / 100;
  };
  const inProcess = await warm();
  const peer = median(7, () => timed(jarsigner(store, path)));
  const process = median(7, () => timed(ours(roots, path)));
  console.log(`small package (${bytes.length} bytes): warm ${ms(inProcess)}, process ${ms(process)}, jarsigner ${ms(peer)}`);
  report("warm in process, against jarsigner's process", peer / inProcess, 40);
  report("as a process, against jarsigner's", peer / process, 2.3);
}

async function large(work: string, store: string, roots: string): Promise<void> {
  const path = join(work, "large.taco");
  const unpacked = join(work, "unpacked");
  const words = randomBytes(64 * 1024).toString("hex");
  const out = createWriteStream(unpacked);
  const entries = [];
  for (let index = 0; index < 2000; index++) {
    const at = (index * 7919) % 100_000;
    const data =
      index % 2 === 0
        ? randomBytes(250_000)
        : Buffer.from(
            `${index} `.repeat(20) +
              words
                .slice(at, at + 20_000)
                .replace(/[0-4]/g, " the ")
                .repeat(6),
          ).subarray(0, 250_000);
    entries.push({ name: `data/${index}.bin`, data });
    if (!out.write(data)) {
      await once(out, "drain");
    }
  }
  out.end();
  await once(out, "finish");
  const bytes = signed([...files, ...entries]);
  writeFileSync(path, bytes);
  const digest = median(3, () => timed(["openssl", "dgst", "-sha256", unpacked]));
  const process = median(3, () => timed(ours(roots, path)));
  const peer = median(3, () => timed(jarsigner(store, path)));
  const size = entries.reduce((sum, { data }) => sum + data.length, 0);
  console.log(
    `large package (${Math.round(size / 1e6)} MB in ${entries.length} files): process ${ms(process)}, jarsigner ${ms(peer)}, openssl dgst ${ms(digest)}`,
  );
  report("as a process, against jarsigner's", peer / process, 4);
  reportAtMost("times `openssl dgst -sha256` over the unpacked bytes", process / digest, 2.2);
}

/** Seconds and memory for what should be refused. */
async function hostile(work: string, roots: string): Promise<void> {
  const bomb = deflateRawSync(Buffer.alloc(100 * 1024 * 1024));
  const lying: EntrySpec = { name: "a", packed: bomb, both: { size: 9 * 1024 * 1024 } };
  const packages: Readonly<Record<string, Buffer>> = {
    "a bomb": buildZip([{ name: "a", packed: bomb, both: { size: 100 * 1024 * 1024 } }]),
    "a bomb that declares less": buildZip([lying]),
    "65,536 entries": buildZip(
      Array.from({ length: 65_536 }, (_, index) => ({ name: `${index}` })),
      { count: 0xffff },
    ),
    "names of spaces": buildZip(Array.from({ length: 250 }, (_, index) => ({ name: `${" ".repeat(60_000)}${index}` }))),
    "deep ASN.1": buildZip([{ name: "META-INF/MANIFEST.MF", data: "A: b\r\n\r\n" }, { name: "META-INF/A.SF", data: "Signature-Version: 1.0\r\n\r\n" }, { name: "META-INF/A.RSA", data: Buffer.alloc(1024 * 1024, Buffer.from([0x30, 0x80])) }]),
    "a manifest of 8 MB": buildZip([{ name: "META-INF/MANIFEST.MF", data: `A: b\n\n${"Name: x\nB: c\n\n".repeat(530_000)}`, method: 0 }, { name: "META-INF/A.SF" }, { name: "META-INF/A.RSA", data: "x" }]),
  }; // prettier-ignore
  for (const [name, bytes] of Object.entries(packages)) {
    const path = join(work, "hostile.taco");
    writeFileSync(path, bytes);
    const { seconds, megabytes, status } = await measured(ours(roots, path));
    console.log(
      `${status === 1 ? "refused" : `STATUS ${status}`}: ${name} (${bytes.length} bytes): ${seconds.toFixed(2)} s, ${megabytes} MB`,
    );
    if (status !== 1 || megabytes > 200) {
      process.exitCode = 1;
    }
  }
}

/** A package with the usual signer and timestamp. */
function signed(own: readonly { readonly name: string; readonly data: string | Buffer }[]): Buffer {
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

function timed([command = "", ...args]: readonly string[]): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
  }
  return performance.now() - start;
}

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
  readonly status: number | null;
}

/** Runs a process and looks at its peak of memory (Linux) as long as it lives. */
async function measured([command = "", ...args]: readonly string[]): Promise<Cost> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: "ignore" });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakMemory(child.pid));
  }, 5);
  const [status] = (await once(child, "exit")) as [number | null];
  clearInterval(look);
  return { seconds: (performance.now() - start) / 1000, megabytes: Math.round(peak / 1000), status };
}

function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function median(times: number, measure: () => number): number {
  const values = Array.from({ length: times }, measure).sort((one, other) => one - other);
  return values[Math.floor(times / 2)] ?? 0;
}

function report(what: string, ratio: number, atLeast: number): void {
  console.log(`  ${ratio.toFixed(1)} times (at least ${atLeast}): ${what}`);
  process.exitCode = ratio < atLeast ? 1 : (process.exitCode ?? 0);
}

function reportAtMost(what: string, ratio: number, most: number): void {
  console.log(`  ${ratio.toFixed(1)} (at most ${most}) ${what}`);
  process.exitCode = ratio > most ? 1 : (process.exitCode ?? 0);
}

const ms = (milliseconds: number): string => `${milliseconds < 100 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;

void main();
