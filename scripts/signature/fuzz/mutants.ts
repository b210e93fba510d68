import { extension, generalName, issue } from "../build/certificates";
import { bitString, context, implicit, sequence } from "../build/der";
import { signWith, signatureAlgorithm } from "../build/keys";

import type { EntrySpec } from "../../../tests/taco/zip-builder";
import { latin1, manifestParts, manifestText, signatureFile } from "../build/jar";
import type { BlockSpec } from "../cases/case";
import { files, jar, usual } from "../cases/case";
import { intermediate, root, rsaSigner, secondSigner, signer } from "../cases/pki";
import { attribute, hash } from "../build/cms";
import { octetString, oid } from "../build/der";
import { mutateBytes } from "./mutate-bytes";
import { mutateDer, split } from "./mutate-der";
import { bounds } from "../build/cms";
import { mutateText } from "./mutate-text";
import { mutateZip } from "./mutate-zip";
import type { Random } from "./random";
import { shapeZip } from "./shape-zip";

export interface Mutant {
  readonly kind: string;
  readonly taco: Buffer;
}

const curveSigner = issue({ subject: "CN=Curve Vendor", issuer: intermediate, key: "ec:prime256v1" });
const shapes: readonly BlockSpec[] = [
  {},
  { signers: [usual({ certificate: curveSigner })] },
  { signers: [usual({ certificate: rsaSigner })] },
  { signers: [{ certificate: signer }] },
  { signers: [usual({ attributes: "none" })] },
  { signers: [usual(), usual({ certificate: secondSigner })] },
  { signatureFile: { wholeDigest: "absent" } },
  { attached: "attached" },
];

const names = sequence(
  generalName("email", "a@b.example"),
  generalName("dns", "b.example"),
  generalName("uri", "https://b.example/"),
  implicit(7, Buffer.from([127, 0, 0, 1])),
  context(4, intermediate.subjectName),
);
const rich = (critical: "critical" | "plain"): readonly Buffer[] => [
  extension("2.5.29.17", names, critical),
  extension("2.5.29.14", octetString(Buffer.alloc(20, 1))),
  extension("2.5.29.35", sequence(implicit(0, Buffer.alloc(20, 2)))),
  extension("2.5.29.32", sequence(sequence(oid("1.2.3.4"))), critical),
  extension("2.5.29.30", sequence(context(0, sequence(generalName("dns", "b.example")))), critical),
  extension("2.16.840.1.113730.1.1", bitString(Buffer.from([0x10]), 4)),
];
const richCertificates = [
  signer,
  issue({ subject: "CN=Rich", issuer: intermediate, extensions: rich("plain") }),
  issue({ subject: "CN=Rich and Critical", issuer: intermediate, extensions: rich("critical") }),
];

/** Makes one mutant of one of several good packages. */
export function makeMutant(random: Random): Mutant {
  const shape = random.pick(shapes);
  switch (random.below(13)) {
    case 9:
    case 10:
    case 11:
    case 12:
      return { kind: "zip-shape", taco: shapeZip(random) };
    case 0:
    case 1:
      return { kind: "zip", taco: mutateZip(random.below(3) === 0 ? jar({ blocks: [shape], entries: stored }) : jar({ blocks: [shape] }), random) };
    case 2:
      return { kind: "cms-bytes", taco: jar({ blocks: [{ ...shape, rawBlock: (block) => mutateBytes(block, random) }] }) };
    case 3:
      return { kind: "cms-tree", taco: jar({ blocks: [{ ...shape, rawBlock: (block) => mutateDer(block, random) }] }) };
    case 4:
      return { kind: "manifest", taco: signedManifest(shape, random) };
    case 5:
      return { kind: "signature-file", taco: jar({ blocks: [{ ...shape, rawSignatureFile: mutateText(latin1(signatureFile(manifestParts(files), shape.signatureFile)), random) }] }) };
    case 6:
      return { kind: "certificate", taco: mutatedCertificate(random) };
    case 7:
      return { kind: "attributes", taco: mutatedAttributes(random) };
    default:
      return { kind: "second-block", taco: jar({ blocks: [{ base: "FIRST" }, { ...shape, base: "SECOND", rawBlock: (block) => random.pick([mutateBytes, mutateDer])(block, random) }] }) };
  }
} // prettier-ignore

function stored(entries: readonly EntrySpec[]): readonly EntrySpec[] {
  return entries.map((entry) => ({ ...entry, method: 0 }));
}

/** The manifest is changed, and signed as it is now: sections by their new bytes where they can still be told apart. */
function signedManifest(shape: BlockSpec, random: Random): Buffer {
  const mutated = mutateText(latin1(manifestText(manifestParts(files))), random).toString("latin1");
  const [main = "", ...rest] = mutated.split(/(?=^Name: )/m);
  const sections = rest.map((text) => [/^Name: (.*)/.exec(text)?.[1]?.replace(/\r$/, "") ?? "", text] as const);
  return jar({ manifest: () => ({ main, sections }), blocks: [shape] });
}

/** A certificate whose signed part is changed, signed by its issuer all the same. */
function mutatedCertificate(random: Random): Buffer {
  const base = random.pick(richCertificates);
  const [body = Buffer.alloc(0)] = split(base.der.subarray(bounds(base.der, 0).start));
  const changed = mutateDer(body, random);
  const der = sequence(changed, signatureAlgorithm(intermediate.key, {}), bitString(signWith(intermediate.key, {}, changed)));
  const certificate = { ...base, der };
  const signers = random.below(4) === 0 ? [usual()] : [usual({ certificate })];
  return jar({ blocks: [{ signers, certificates: [certificate, signer, intermediate, root] }] });
}

/** Signed attributes that are changed and then signed. */
function mutatedAttributes(random: Random): Buffer {
  const file = latin1(signatureFile(manifestParts(files)));
  const attributes = [
    attribute("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.7.1")),
    attribute("1.2.840.113549.1.9.4", octetString(hash("sha256", file))),
  ];
  const at = random.below(2);
  const changed = attributes.map((one, index) => (index === at ? mutateDer(one, random) : one));
  return jar({
    blocks: [
      { signers: [usual({ attributes: random.below(4) === 0 ? [...changed, mutateDer(random.pick(attributes), random)] : changed })] },
    ],
  });
}
