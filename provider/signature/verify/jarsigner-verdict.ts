import type { JarsignerVerdict } from "../verdict.types";
import type { SignerFlags } from "./judge-signer";

const exitCodes = { chain: 4, usage: 8, unsigned: 16, alias: 32, timestampChain: 64 } as const;

export interface SignedPackage {
  readonly flags: readonly SignerFlags[];
  readonly unsignedEntries: boolean;
  /** Whether a signed entry has no signer whose chain is in the trust store. */
  readonly notInStore: boolean;
  readonly at: number;
}

/** Result and exit code of `jarsigner -verify -strict` for a package with at least one signature that counts. */
export function verdictOfSigned({ flags, unsignedEntries, notInStore, at }: SignedPackage): JarsignerVerdict {
  const some = (flag: keyof SignerFlags): boolean => flags.some((one) => one[flag] === true);
  const selfSigned = flags.some((one) => one.selfSigned && (notInStore || !one.anchored));
  let exitCode = 0;
  if (some("expired") || some("notYetValid") || some("chainInvalid") || selfSigned) {
    exitCode |= exitCodes.chain;
  }
  if (some("badUsage")) {
    exitCode |= exitCodes.usage;
  }
  if (unsignedEntries) {
    exitCode |= exitCodes.unsigned;
  }
  if (notInStore) {
    exitCode |= exitCodes.alias;
  }
  if (some("timestampChainInvalid")) {
    exitCode |= exitCodes.timestampChain;
  }
  // An expired authority alone is only a warning while the signer's own chain is valid.
  if (some("timestampExpired") && (exitCode !== 0 || signerExpired(flags, at))) {
    exitCode |= exitCodes.chain;
  }
  return { result: exitCode === 0 ? "verified" : "signer-errors", exitCode };
}

/** The same for a package that jarsigner treats as unsigned. */
export function verdictOfUnsigned(
  result: "unsigned" | "treated-unsigned" | "treated-unsigned-weak",
  entries: "unsigned" | "covered",
): JarsignerVerdict {
  return { result, exitCode: entries === "unsigned" ? exitCodes.unsigned : 0 };
}

export const verdictOfException: JarsignerVerdict = { result: "exception", exitCode: 1 };

function signerExpired(flags: readonly SignerFlags[], at: number): boolean {
  return flags.some(({ expires }) => expires !== undefined && expires <= at);
}
