import { createHash, timingSafeEqual } from "node:crypto";
import { isSelfIssued, parseCertificate } from "../x509/certificate";
import type { Certificate } from "../x509/certificate";
import type { StoreEntry } from "./store-entry";
import type { Anchor, StoreContents } from "./trust-anchors";

const magic = 0xfeedfeed;
const whitener = "Mighty Aphrodite";
const digestLength = 20;
const privateKey = 1;
const trustedCertificate = 2;

export function isJks(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32BE(0) === magic;
}

/**
 * Reads a JKS store, the format of `cacerts` up to JDK 17. Certificates in it are not encrypted; the password only guards against
 * changes, and is checked if it is given.
 *
 * @throws Error with a clause that says what is wrong.
 */
export function readJks(bytes: Buffer, password: string | undefined): StoreContents {
  const anchors: Anchor[] = [];
  const others: Certificate[] = [];
  for (const { tag, alias, chain } of readEntries(bytes, password)) {
    const [certificate] = chain;
    if (certificate === undefined) continue;
    if (tag === trustedCertificate) anchors.push({ certificate, jdk: alias.includes(" [jdk") });
    // jarsigner trusts the certificate of a private key only if it is self-signed.
    else if (isSelfIssued(certificate)) anchors.push({ certificate, jdk: false });
    else others.push(certificate);
  }
  return { anchors, others };
}

/** What stands in such a store under which alias. */
export function jksEntries(bytes: Buffer, password: string | undefined): StoreEntry[] {
  return readEntries(bytes, password).map(({ tag, alias, chain: [certificate], raw }) =>
    tag === trustedCertificate && certificate !== undefined
      ? { alias, is: "certificate", sha256: certificate.sha256 }
      : { alias, is: "other", sha256: createHash("sha256").update(raw).digest("hex") },
  );
}

interface Entry {
  readonly tag: typeof trustedCertificate | typeof privateKey;
  readonly alias: string;
  readonly chain: readonly Certificate[];
  readonly raw: Buffer;
}

function readEntries(bytes: Buffer, password: string | undefined): Entry[] {
  const body = bytes.subarray(0, bytes.length - digestLength);
  if (password !== undefined && !timingSafeEqual(seal(body, password), bytes.subarray(body.length))) {
    throw new Error("the password is wrong, or the store was changed");
  }
  const reader = new Reader(body);
  const version = reader.skip(4).uint32();
  if (version !== 1 && version !== 2) {
    throw new Error(`its JKS version is ${version}, expected 1 or 2`);
  }
  const entries: Entry[] = [];
  for (let left = reader.uint32(); left > 0; left--) entries.push(readEntry(reader, version));
  return entries;
}

function readEntry(reader: Reader, version: 1 | 2): Entry {
  const start = reader.at;
  const tag = reader.uint32();
  const alias = reader.bytes(reader.uint16()).toString("utf8");
  reader.skip(8);
  if (tag === trustedCertificate) {
    const chain = [reader.certificate(version)];
    return { tag, alias, chain, raw: reader.since(start) };
  }
  if (tag === privateKey) {
    reader.skip(reader.uint32());
    const chain = Array.from({ length: reader.uint32() }, () => reader.certificate(version));
    return { tag, alias, chain, raw: reader.since(start) };
  }
  throw new Error(`it has an entry of the unknown kind ${tag}`);
}

/** The integrity check of sun.security.provider.JavaKeyStore: SHA-1 over password, a fixed text and the store. */
function seal(body: Buffer, password: string): Buffer {
  const wide = Buffer.from(password, "utf16le").swap16();
  return createHash("sha1").update(wide).update(whitener, "utf8").update(body).digest();
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  /** What was read from there on. */
  since(start: number): Buffer {
    return this.#bytes.subarray(start, this.#at);
  }

  uint16(): number {
    return this.bytes(2).readUInt16BE(0);
  }

  uint32(): number {
    return this.bytes(4).readUInt32BE(0);
  }

  skip(length: number): this {
    this.bytes(length);
    return this;
  }

  bytes(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) {
      throw new Error("it is cut off");
    }
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  certificate(version: number): Certificate {
    if (version === 2) {
      this.skip(this.uint16());
    }
    return parseCertificate(Buffer.from(this.bytes(this.uint32())));
  }
}
