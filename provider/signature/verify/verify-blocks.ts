import { Asn1Error } from "../asn1/asn1-error";
import { parseAsn1 } from "../asn1/parse";
import { readSignedData } from "../cms/signed-data";
import type { SignedData } from "../cms/signed-data";
import type { ManifestSections } from "../jar/manifest-sections";
import { signatureBase } from "../jar/names";
import { SignatureProblem } from "../signature-problem";
import type { SignatureEntry } from "./unpack-package";
import type { Context } from "./context";
import { verifyBlock } from "./verify-block";
import type { VerifiedBlock } from "./verify-block";

export interface BlockProblem {
  /** Name of the block, or of the signature file, in the package. */
  readonly file: string;
  readonly problem: SignatureProblem;
}

export interface Blocks {
  readonly verified: readonly VerifiedBlock[];
  readonly problems: readonly BlockProblem[];
  /** What was parsed, also where it does not count, by the name of the block. */
  readonly parsed: ReadonlyMap<string, SignedData>;
}

/** Signature files and blocks that are looked at; real packages have two, or four. */
const mostFiles = 64;

interface Pending {
  readonly name: string;
  readonly data: SignedData;
}

/**
 * Brings signature files and blocks together, in the order of the package as Java's JarVerifier does: a block waits for its
 * signature file, unless it holds the content itself.
 */
export function verifyBlocks(files: readonly SignatureEntry[], manifest: ManifestSections, context: Context): Blocks {
  const verified: VerifiedBlock[] = [];
  const problems: BlockProblem[] = [];
  const parsed = new Map<string, SignedData>();
  const signatureFiles = new Map<string, Buffer>();
  const used = new Set<string>();
  const pending: Pending[] = [];

  const attempt = (file: string, action: () => void): "done" | "failed" => {
    try {
      action();
      return "done";
    } catch (error) {
      problems.push({ file, problem: asProblem(error, file) });
      return "failed";
    }
  };
  const process = ({ name, data }: Pending, content: Buffer): void => {
    used.add(signatureBase(name));
    verified.push(verifyBlock(name, data, content, manifest, context));
  };

  for (const { entry, data } of files.slice(0, mostFiles)) {
    const base = signatureBase(entry.name);
    if (data === undefined) {
      problems.push({
        file: entry.name,
        problem: new SignatureProblem("block-malformed", "abandoned", `${entry.name} has ${entry.size} bytes.`),
      });
    } else if (!entry.name.toUpperCase().endsWith(".SF")) {
      attempt(entry.name, () => {
        const block = { name: entry.name, data: readBlock(data) };
        parsed.set(entry.name, block.data);
        const content = block.data.content ?? signatureFiles.get(base);
        if (content === undefined) {
          pending.push(block);
        } else {
          process(block, content);
        }
      });
    } else if (data.length > 0) {
      signatureFiles.set(base, data);
      for (const block of pending.filter(({ name }) => signatureBase(name) === base)) {
        attempt(block.name, () => process(block, data));
      }
    }
  }
  if (files.length > mostFiles) {
    const message = `The package has ${files.length} signature files and blocks, at most ${mostFiles} are read.`;
    problems.push({ file: "META-INF", problem: new SignatureProblem("block-malformed", "abandoned", message) });
  }
  return { verified, problems: [...problems, ...unpaired(files, parsed, signatureFiles, used)], parsed };
}

function readBlock(bytes: Buffer): SignedData {
  return readSignedData(parseAsn1(bytes, { trailing: "ignore" }));
}

function unpaired(
  files: readonly SignatureEntry[],
  parsed: ReadonlyMap<string, SignedData>,
  signatureFiles: ReadonlyMap<string, Buffer>,
  used: ReadonlySet<string>,
): BlockProblem[] {
  const blocks = new Set(
    files.filter(({ entry }) => !entry.name.toUpperCase().endsWith(".SF")).map(({ entry }) => signatureBase(entry.name)),
  );
  const withoutFile = [...parsed.keys()]
    .filter((name) => !used.has(signatureBase(name)) && !signatureFiles.has(signatureBase(name)))
    .map((name) => ({
      file: name,
      problem: new SignatureProblem("signature-file-missing", "ignored", `${name} has no signature file beside it.`),
    }));
  const withoutBlock = files
    .filter(({ entry }) => entry.name.toUpperCase().endsWith(".SF") && !blocks.has(signatureBase(entry.name)))
    .map(({ entry }) => ({
      file: entry.name,
      problem: new SignatureProblem("block-missing", "ignored", `${entry.name} has no signature block beside it.`),
    }));
  return [...withoutFile, ...withoutBlock];
}

function asProblem(error: unknown, file: string): SignatureProblem {
  if (error instanceof SignatureProblem) {
    return error;
  }
  if (error instanceof Asn1Error) {
    return new SignatureProblem("block-malformed", "ignored", `${file} is no signature block that can be read: ${error.message}.`, {
      cause: error,
    });
  }
  throw error;
}
