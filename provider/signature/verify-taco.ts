import { isVersion } from "../vocabulary/version";
import { wallClock } from "../vocabulary/wall-clock";
import { openBytes } from "../taco/zip/byte-source";
import type { PackageSource } from "../taco/zip/byte-source";
import { readZip } from "../taco/zip/read-zip";
import { ZipError } from "../taco/zip/zip-error";
import { parseConstraints } from "./policy/constraints";
import type { DisabledAlgorithms } from "./policy/jdk17";
import { finding } from "./findings";
import { openTrustStores } from "./trust/open-trust-stores";
import type { OpenTrustStores, TrustSources } from "./trust/open-trust-stores";
import type { Verdict } from "./verdict.types";
import type { Context } from "./verify/context";
import { verdictOfException } from "./verify/jarsigner-verdict";
import { unpackPackage, type UnpackedPackage } from "./verify/unpack-package";
import { verifyPackage } from "./verify/verify-package";

export interface VerifyOptions {
  /**
   * Whom to trust: stores (PEM, JKS or PKCS#12), or what {@link openTrustStores} opened once for many packages. Without any, trust
   * is not judged, and the package not accepted.
   */
  readonly trust?: TrustSources | OpenTrustStores;
  /** The moment to judge by; default: now. */
  readonly at?: Date;
  /** Adds the rules of that version of Tableau, such as `2024.2`. */
  readonly tableauVersion?: string;
  /** Default: those of the JRE that a store lies in, else JDK 17's. */
  readonly disabledAlgorithms?: Partial<DisabledAlgorithms>;
  /** SHA-256 digests of certificates that no chain may contain, hexadecimal; default: `blocked.certs` beside a store. */
  readonly blockedCerts?: ReadonlySet<string>;
}

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
    // Whoever gives it may have read it somewhere: its beginning is enough to find the mistake.
    throw new RangeError(`tableauVersion is ${JSON.stringify(tableauVersion.slice(0, 60))}, expected a release such as "2024.2".`);
  }
  const context = await contextOf(options);
  return (unpacked) => (unpacked instanceof ZipError ? unreadable(unpacked) : verifyPackage(unpacked, context, tableauVersion));
}

async function contextOf(options: VerifyOptions): Promise<Context> {
  const { trust = {}, at = wallClock(), disabledAlgorithms, blockedCerts } = options;
  const stores = "anchors" in trust ? trust : await openTrustStores(trust);
  const disabled = { ...stores.disabled, ...disabledAlgorithms };
  return {
    anchors: stores.anchors,
    keystore: stores.keystore,
    at: at.getTime(),
    jar: parseConstraints(disabled.jar),
    certPath: parseConstraints(disabled.certPath),
    legacy: parseConstraints(disabled.legacy),
    blocked: blockedCerts ?? stores.blocked,
  };
}

function unreadable(error: ZipError): Verdict {
  const code = error.code === "zip-limit" ? "zip-limit" : "zip-unreadable";
  return { accepted: false, jarsigner: verdictOfException, findings: [finding(code, error.message)], signers: [], timestamp: null };
}
