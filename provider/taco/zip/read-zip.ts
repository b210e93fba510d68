import type { ByteSource } from "./byte-source";
import { readDirectory } from "./central-directory";
import { checkFileKind } from "./file-kind";
import { checkHeader } from "./header-rules";
import { zipLimits } from "./limits";
import { checkNames } from "./names";
import { compareWithYauzl } from "./second-reader";
import { tile } from "./tiling";
import type { Span } from "./tiling";
import { ZipError } from "./zip-error";
import type { CentralEntry, ZipDirectory, ZipProblem } from "./zip.types";

/** An open package: its directory is read and checked, its data is not. */
export interface Zip {
  readonly source: ByteSource;
  readonly directory: ZipDirectory;
  /** In the order of the central directory. */
  readonly entries: readonly CentralEntry[];
  /** In the order of the file. */
  readonly spans: readonly Span[];
  readonly problems: readonly ZipProblem[];
}

/**
 * Reads and checks the directory of a package.
 *
 * @throws ZipError if it is no zip, is broken, or exceeds a limit (nothing is unpacked before that is known).
 */
export async function readZip(source: ByteSource): Promise<Zip> {
  const directory = await readDirectory(source);
  checkLimits(directory.entries);
  const { spans, problems } = tile(directory);
  const others = await compareWithYauzl(source, directory);
  return {
    source,
    directory,
    entries: directory.entries,
    spans,
    problems: [
      ...directory.end.problems,
      ...problems,
      ...checkNames(directory.entries),
      ...directory.entries.flatMap((entry) => [...checkHeader(entry), ...checkFileKind(entry)]),
      ...others,
    ],
  };
}

function checkLimits(entries: readonly CentralEntry[]): void {
  let total = 0;
  let packed = 0;
  for (const { name, size, compressedSize } of entries) {
    total += size;
    packed += compressedSize;
    const where = `${JSON.stringify(name)} unpacks to ${size} bytes`;
    if (size > zipLimits.entryBytes) {
      throw new ZipError("zip-limit", `${where}; at most ${zipLimits.entryBytes} are read.`);
    }
    if (size > zipLimits.ratioFrom && size > compressedSize * zipLimits.ratio) {
      throw new ZipError("zip-limit", `${where} from ${compressedSize}: more than ${zipLimits.ratio} to 1 is taken for a bomb.`);
    }
  }
  if (total > zipLimits.totalBytes || (total > zipLimits.ratioFrom && total > packed * zipLimits.totalRatio)) {
    throw new ZipError("zip-limit", `The package unpacks to ${total} bytes from ${packed}; that is too much to be read.`);
  }
}
