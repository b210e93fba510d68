import { issue, purposes } from "../build/certificates";
import type { Issued } from "../build/certificates";
import type { SignerSpec } from "../build/cms";
import { entry } from "../build/jar";
import type { EntrySpec } from "../../../tests/taco/zip-builder";
import { defaultStore, jar } from "./case";
import type { BlockSpec, Case } from "./case";
import { authority, intermediate, root, secondSigner, signer, stranger, timestampRoot } from "./pki";

type Variants<Value> = Readonly<Record<string, Value>>;

/** What can be wrong at the same time: exit codes are bits, and one wrong thing can hide another. */
export function combinationCases(): Case[] {
  const cases: Case[] = [];
  const signers = signerVariants();
  const stamps = timestampVariants();
  for (const [who, certificate] of Object.entries(signers)) {
    for (const [when, timestamp] of Object.entries(stamps)) {
      const stamped = block(certificate, timestamp);
      cases.push(combine(`${who}-${when}`, [stamped]));
      if (when === "stamped" || when === "unknown-clock") {
        cases.push(combine(`${who}-${when}-added`, [stamped], (entries) => [...entries, entry("added.js", "added\n")]));
        cases.push(combine(`${who}-${when}-removed`, [stamped], (entries) => entries.slice(0, -1)));
        cases.push(combine(`${who}-${when}-second-good`, [stamped, { ...block(secondSigner, stamps["stamped"]), base: "SECOND" }]));
        cases.push(combine(`${who}-${when}-second-stranger`, [stamped, { ...block(stranger, stamps["stamped"]), base: "SECOND" }]));
        cases.push(combine(`${who}-${when}-second-unstamped`, [{ ...block(secondSigner, undefined), base: "SECOND" }, stamped]));
      }
    }
  }
  for (const [label, store] of Object.entries(storeVariants())) {
    cases.push({ ...combine(`store-${label}`, [block(signer, stamps["stamped"])]), store });
    cases.push({ ...combine(`store-${label}-stranger`, [block(stranger, stamps["stamped"])]), store });
  }
  return cases;
}

function signerVariants(): Variants<Issued> {
  const of = (label: string, spec: Partial<Parameters<typeof issue>[0]>): Issued =>
    issue({ subject: `CN=Combined ${label}`, issuer: intermediate, ...spec });
  return {
    good: signer,
    stranger,
    expired: of("expired", { from: "2015-01-01", to: "2024-12-31" }),
    "long-expired": of("long expired", { from: "2010-01-01", to: "2015-01-01" }),
    "not-yet-valid": of("future", { from: "2100-01-01" }),
    "server-usage": of("server", { extendedKeyUsage: [purposes.serverAuth] }),
    "expired-server-usage": of("expired server", { from: "2015-01-01", to: "2024-12-31", extendedKeyUsage: [purposes.serverAuth] }),
    "self-signed": issue({ subject: "CN=Combined Self" }),
    "self-signed-expired": issue({ subject: "CN=Combined Self Expired", from: "2015-01-01", to: "2024-12-31" }),
    "sha1-certificate": of("sha1", { signature: { digest: "sha1" } }),
  };
}

function timestampVariants(): Variants<SignerSpec["timestamp"]> {
  const of = (label: string, spec: Partial<Parameters<typeof issue>[0]>): Issued =>
    issue({ subject: `CN=Combined Clock ${label}`, issuer: timestampRoot, extendedKeyUsage: [purposes.timeStamping], ...spec });
  const time = "2024-06-01T12:00:00Z";
  return {
    unstamped: undefined,
    stamped: { authority, time },
    "stamped-2012": { authority, time: "2012-06-01T12:00:00Z" },
    "stamped-2018": { authority, time: "2018-06-01T12:00:00Z" },
    "unknown-clock": { authority: issue({ subject: "CN=Unknown Clock", extendedKeyUsage: [purposes.timeStamping] }), time },
    "expired-clock": { authority: of("expired", { from: "2015-01-01", to: "2024-12-31" }), time },
    "code-signing-clock": { authority: of("code", { extendedKeyUsage: [purposes.codeSigning] }), time },
    "sha1-token": { authority, time, signature: { digest: "sha1" } },
  };
}

function storeVariants(): Variants<readonly Issued[]> {
  return {
    "without-clock": [root],
    "clock-only": [timestampRoot],
    "intermediate-only": [intermediate, timestampRoot],
    everything: [...defaultStore, intermediate, signer, authority],
    "signer-and-clock": [signer, authority],
    stranger: [stranger],
  };
}

function block(certificate: Issued, timestamp: SignerSpec["timestamp"]): BlockSpec {
  const signerSpec: SignerSpec = { certificate, ...(timestamp === undefined ? {} : { timestamp }) };
  return { signers: [signerSpec], certificates: [certificate, intermediate, root] };
}

function combine(name: string, blocks: readonly BlockSpec[], entries?: (entries: readonly EntrySpec[]) => readonly EntrySpec[]): Case {
  return { name: `combined-${name}`, taco: jar({ blocks, ...(entries === undefined ? {} : { entries }) }) };
}
