import { simulatedAuthority, strangeAuthority } from "./authorities";
import { algorithms } from "./algorithms";
import type { Authority } from "./create-authority";
import { der } from "./der";
import type { Identity } from "./issue-certificate";
import { jarTexts } from "./jar-texts";
import { oids } from "./oids";
import { cmsAttribute, signedData } from "./signed-data";
import { timestampToken } from "./timestamp-token";
import type { ZipEntry } from "../zip-writer";

/** How a package is signed: as it should be, or with one mistake. */
export type Signing = "authority" | "untimestamped" | "expired" | "untrusted" | "root-embedded";

/** When every package was signed. */
const signingTime = new Date("2026-01-15T12:00:00Z");

const signatureRelated = /^META-INF\/(?:MANIFEST\.MF|SIG-[^/]*|[^/]+\.(?:SF|RSA|DSA|EC))$/i;

/** The entries as a signed package has them: manifest, signature file, signature block, then the rest. Earlier signatures are taken out. */
export function signEntries(entries: readonly ZipEntry[], signing: Signing = "authority"): ZipEntry[] {
  const contents = entries.filter(({ name }) => !signatureRelated.test(name));
  const files = contents.filter(({ name }) => !name.endsWith("/"));
  const { manifest, signatureFile } = jarTexts(files, mainSection(entries));
  return [
    { name: "META-INF/MANIFEST.MF", bytes: manifest },
    { name: "META-INF/VENDOR.SF", bytes: signatureFile },
    { name: "META-INF/VENDOR.RSA", bytes: signatureBlock(signatureFile, signing) },
    ...contents,
  ];
}

function mainSection(entries: readonly ZipEntry[]): string | undefined {
  const manifest = entries.find(({ name }) => name === "META-INF/MANIFEST.MF")?.bytes.toString("utf8");
  return manifest === undefined ? undefined : /^(?:[^\r\n].*\r?\n)+\r?\n/.exec(manifest)?.[0];
}

function signatureBlock(signatureFile: Buffer, signing: Signing): Buffer {
  const { authority, signer, timestamped } = casting(signing);
  const chain = [signer, authority.issuing, ...(signing === "root-embedded" ? [authority.root] : [])];
  return signedData({
    content: signatureFile,
    contentType: oids.data,
    placement: "detached",
    signer,
    certificates: chain.map(({ certificate }) => certificate),
    signingTime,
    // RFC 6211; jarsigner writes it since JDK 16.
    signed: [cmsAttribute(oids.cmsAlgorithmProtection, der.sequence(algorithms.sha256, signatureAlgorithm))],
    unsigned: (signature) =>
      timestamped === "yes"
        ? [cmsAttribute(oids.timeStampToken, timestampToken(signature, simulatedAuthority().timestamping, signingTime))]
        : [],
  });
}

const signatureAlgorithm = der.context(1, der.oid(oids.sha256WithRsaEncryption), der.null());

function casting(signing: Signing): { authority: Authority; signer: Identity; timestamped: "yes" | "no" } {
  const trusted = simulatedAuthority();
  switch (signing) {
    case "authority":
    case "root-embedded":
      return { authority: trusted, signer: trusted.signer, timestamped: "yes" };
    case "untimestamped":
      return { authority: trusted, signer: trusted.signer, timestamped: "no" };
    case "expired":
      // With a timestamp of its good days it would be valid for ever.
      return { authority: trusted, signer: trusted.expiredSigner, timestamped: "no" };
    case "untrusted":
      return { authority: strangeAuthority(), signer: strangeAuthority().signer, timestamped: "yes" };
  }
}
