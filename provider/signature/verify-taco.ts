import { isVersion } from "../vocabulary/version";
import { openBytes } from "../taco/zip/byte-source";
import type { PackageSource } from "../taco/zip/byte-source";
import { readZip } from "../taco/zip/read-zip";
import { ZipError } from "../taco/zip/zip-error";
import { finding } from "./findings";
import type { Verdict } from "./verdict.types";
import { contextOf, type VerifyOptions } from "./verify/context";
import { verdictOfException } from "./verify/jarsigner";
import { unpackPackage, type UnpackedPackage } from "./verify/unpack-package";
import { verifyPackage } from "./verify/verify-package";

/**
 * Verifies the signature of a package (.taco) offline: what `jarsigner -verify -strict` says, and every reason for refusing it.
 *
 * It fails closed: what does not parse or verify completely is refused. A package that cannot be read is a verdict, too.
 *
 * @throws TableauError `trust-store-unreadable`, the error of the file system if the package itself cannot be opened, or RangeError if
 * `tableauVersion` is no version.
 */
export async function verifyTaco(source: PackageSource, options: VerifyOptions = {}): Promise<Verdict> {
  const judge = await judgeWith(options);
  return judge(await unpackTaco(source));
}

/** A package that was read once, and may be judged by several trust stores; or why it cannot be read. */
export type UnpackedTaco = UnpackedPackage | ZipError;

/**
 * Reads a package for {@link judgeTaco}: every entry is unpacked and hashed once.
 *
 * @throws the error of the file system if it cannot be opened.
 */
export async function unpackTaco(source: PackageSource): Promise<UnpackedTaco> {
  const opened = await openBytes(source);
  try {
    return await unpackPackage(await readZip(opened));
  } catch (error) {
    if (error instanceof ZipError) {
      return error;
    }
    throw error;
  } finally {
    await opened.close();
  }
}

/**
 * {@link verifyTaco} for a package that was read before.
 *
 * @throws TableauError `trust-store-unreadable`.
 */
export async function judgeTaco(unpacked: UnpackedTaco, options: VerifyOptions = {}): Promise<Verdict> {
  const judge = await judgeWith(options);
  return judge(unpacked);
}

async function judgeWith(options: VerifyOptions): Promise<(unpacked: UnpackedTaco) => Verdict> {
  const { tableauVersion } = options;
  if (tableauVersion !== undefined && !isVersion(tableauVersion)) {
    // It may come from anywhere: its beginning is enough to find the mistake.
    throw new RangeError(`tableauVersion is ${JSON.stringify(tableauVersion.slice(0, 60))}, expected a release such as "2024.2".`);
  }
  const context = await contextOf(options);
  return (unpacked) => (unpacked instanceof ZipError ? unreadable(unpacked) : verifyPackage(unpacked, context, tableauVersion));
}

function unreadable(error: ZipError): Verdict {
  const code = error.code === "zip-limit" ? "zip-limit" : "zip-unreadable";
  return { accepted: false, jarsigner: verdictOfException, findings: [finding(code, error.message)], signers: [], timestamp: null };
}
