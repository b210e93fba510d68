import { LineTooLong, Lines } from "./lines";

/** Attributes of a section, by upper-case name, in the order of their first appearance. */
export type Attributes = ReadonlyMap<string, Attribute>;

export interface Attribute {
  /** As it is written. */
  readonly name: string;
  readonly value: string;
}

/** The text of a manifest or a signature file, as Java reads it. */
export interface ManifestText {
  readonly main: Attributes;
  readonly sections: ReadonlyMap<string, Attributes>;
}

export class ManifestTextError extends Error {}

type MutableAttributes = Map<string, Attribute>;

const attributeName = /^[0-9A-Za-z_-]{1,70}$/;
const colon = 0x3a;
const space = 0x20;

/**
 * Reads the text of a manifest by the rules of java.util.jar.Manifest
 * (https://docs.oracle.com/en/java/javase/17/docs/specs/jar/jar.html#jar-manifest).
 *
 * @throws ManifestTextError with a clause that says what is wrong.
 */
export function parseManifestText(bytes: Buffer): ManifestText {
  try {
    return parse(new Lines(bytes));
  } catch (error) {
    throw error instanceof LineTooLong ? new ManifestTextError(error.message, { cause: error }) : error;
  }
}

function parse(lines: Lines): ManifestText {
  const main: MutableAttributes = new Map();
  readAttributes(lines, main);
  const sections = new Map<string, MutableAttributes>();
  for (let name = readSectionName(lines); name !== undefined; name = readSectionName(lines)) {
    const attributes: MutableAttributes = sections.get(name) ?? new Map<string, Attribute>();
    sections.set(name, attributes);
    readAttributes(lines, attributes);
  }
  return { main, sections };
}

/** Reads attributes up to a blank line or the end. */
function readAttributes(lines: Lines, attributes: MutableAttributes): void {
  for (let line = lines.next(); line !== undefined && line.length > 0; line = lines.next()) {
    if (line[0] === space) {
      throw new ManifestTextError("a line continues nothing");
    }
    const at = line.indexOf(colon);
    if (at < 0 || line[at + 1] !== space) {
      throw new ManifestTextError("a line is not of the form 'name: value'");
    }
    const name = line.toString("utf8", 0, at);
    const value = joined(lines, line.subarray(at + 2));
    if (value === undefined) {
      return;
    }
    if (!attributeName.test(name)) {
      throw new ManifestTextError(`${JSON.stringify(name.slice(0, 80))} is no name of an attribute`);
    }
    const key = name.toUpperCase();
    attributes.set(key, { name: attributes.get(key)?.name ?? name, value: value.toString("utf8") });
  }
}

/** The name of the next section; blank lines before it do not count. */
function readSectionName(lines: Lines): string | undefined {
  let line = lines.next();
  while (line?.length === 0) {
    line = lines.next();
  }
  if (line === undefined) {
    return undefined;
  }
  if (!/^name: $/i.test(line.toString("latin1", 0, 6))) {
    throw new ManifestTextError("a section does not begin with 'Name: '");
  }
  return joined(lines, line.subarray(6))?.toString("utf8");
}

/** A value with its continuation lines, joined as bytes: a fold may split a character. Undefined if the text ends within it. */
function joined(lines: Lines, first: Buffer): Buffer | undefined {
  const pieces = [first];
  while (lines.continues) {
    const line = lines.next();
    if (line === undefined) {
      return undefined;
    }
    pieces.push(line.subarray(1));
  }
  return Buffer.concat(pieces);
}
