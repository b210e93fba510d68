import { finding, mostOfOneKind, type Finding } from "../findings";
import type { Use } from "../policy/constraints";
import { canonicalName, isDirectory, isManifest, isSignatureRelated } from "../jar/names";
import type { CentralEntry } from "../../taco/zip/zip.types";
import type { Context } from "./context";
import type { EntryDigest } from "./unpack-package";
import type { VerifiedBlock } from "./verify-block";
import { disabledAlias, jarUse } from "./signer";

export interface JudgedEntries {
  /** By whom each entry is signed; entries that nobody signed are not in it. */
  readonly signed: ReadonlyMap<CentralEntry, readonly VerifiedBlock[]>;
  /** Whether jarsigner reports unsigned entries (exit code 16). */
  readonly unsigned: boolean;
  /** Whether reading an entry is an error for jarsigner. */
  readonly exception: boolean;
  readonly findings: readonly Finding[];
  /** Entries that were signed and are not in the package, beyond those that the findings name. */
  readonly furtherMissing: number;
}

type Outcome =
  { readonly kind: "signed"; readonly finding?: Finding } | { readonly kind: "unsigned" | "exception"; readonly finding: Finding };

/**
 * Judges every entry by the digests of the manifest and the blocks that sign it.
 *
 * @param manifestName name of the manifest: it counts as signed by every block.
 */
export function judgeEntries(
  entries: readonly CentralEntry[],
  digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>,
  blocks: readonly VerifiedBlock[],
  manifestName: string | undefined,
  context: Context,
): JudgedEntries {
  const signed = new Map<CentralEntry, readonly VerifiedBlock[]>();
  const findings: Finding[] = [];
  const usual = useOf(blocks, context);
  let unsigned = false;
  let exception = false;
  for (const entry of entries) {
    const signers = blocks.filter(({ names }) => names.has(canonicalName(entry.name)));
    if (isManifest(entry.name)) {
      if (entry.name === manifestName && blocks.length > 0) {
        signed.set(entry, blocks);
      }
      continue;
    }
    const outcome =
      isDirectory(entry.name) || signers.length === 0
        ? uncovered(entry)
        : judge(entry, digests.get(entry) ?? [], signers.length === blocks.length ? usual : useOf(signers, context), context);
    if (outcome === undefined) {
      continue;
    }
    if (outcome.finding !== undefined) {
      findings.push(outcome.finding);
    }
    if (outcome.kind === "signed") {
      signed.set(entry, signers);
      continue;
    }
    unsigned ||= outcome.kind === "unsigned";
    exception ||= outcome.kind === "exception";
  }
  const missing = missingNames(entries, blocks);
  const some = [...missing]
    .slice(0, mostOfOneKind)
    .map((name) => finding("entry-missing", `${quote(name)} was signed but is not in the package.`));
  return {
    signed,
    unsigned,
    exception,
    findings: [...findings, ...some, ...partlySigned(entries, blocks)],
    furtherMissing: missing.size - some.length,
  };
}

/** Directories and the files of the signature itself need none. */
function uncovered(entry: CentralEntry): Outcome | undefined {
  const harmless = isDirectory(entry.name) ? entry.size === 0 : isSignatureRelated(entry.name);
  return harmless ? undefined : { kind: "unsigned", finding: finding("entry-unsigned", `${quote(entry.name)} is not signed.`) };
}

function judge(entry: CentralEntry, digests: readonly EntryDigest[], use: Use, { jar }: Context): Outcome {
  const name = quote(entry.name);
  if (digests.length === 0) {
    return { kind: "exception", finding: finding("entry-digest-missing", `The manifest has no digest of ${name} that can be computed.`) };
  }
  if (digests.some(({ result }) => result === "not-base64")) {
    return { kind: "exception", finding: finding("manifest-malformed", `A digest of ${name} in the manifest is not Base64.`) };
  }
  const permitted = digests.filter(({ algorithm }) => jar.disabled(algorithm, use, "algorithm-only") === undefined);
  if (permitted.some(({ result }) => result === "wrong")) {
    return { kind: "exception", finding: finding("entry-tampered", `${name} is not the file that was signed.`) };
  }
  if (permitted.length === 0) {
    return { kind: "unsigned", finding: finding("algorithm-disabled", `The manifest has only disabled digests of ${name}.`) };
  }
  const strong = permitted.some(({ algorithm }) => disabledAlias(algorithm, use, jar) === undefined);
  return strong
    ? { kind: "signed" }
    : { kind: "signed", finding: finding("algorithm-disabled", `The manifest has only a SHA-1 digest of ${name}.`) };
}

function useOf(blocks: readonly VerifiedBlock[], { anchors, at }: Context): Use {
  return jarUse(
    blocks.flatMap(({ signers }) => signers),
    anchors,
    at,
  );
}

/** A hostile signature file names some hundred thousand: a finding for each would take more memory than all else. */
function missingNames(entries: readonly CentralEntry[], blocks: readonly VerifiedBlock[]): ReadonlySet<string> {
  const present = new Set(entries.map(({ name }) => canonicalName(name)));
  const missing = new Set<string>();
  for (const { names } of blocks) {
    for (const name of names) {
      if (!present.has(name)) {
        missing.add(name);
      }
    }
  }
  return missing;
}

function partlySigned(entries: readonly CentralEntry[], blocks: readonly VerifiedBlock[]): Finding[] {
  const all = entries.map(({ name }) => name).filter((name) => !isDirectory(name) && !isSignatureRelated(name));
  const covered = all.filter((name) => blocks.some(({ names }) => names.has(canonicalName(name))));
  return blocks.flatMap(({ block, names }) => {
    const left = covered.filter((name) => !names.has(canonicalName(name)));
    return left.length === 0
      ? []
      : [finding("entry-partly-signed", `${block} signs only some entries, not ${left.slice(0, 3).map(quote).join(", ")}.`)];
  });
}

function quote(name: string): string {
  return JSON.stringify(name);
}
