import { LineTooLong, Lines } from "./lines";
import { isNameHeader, nameHeaderSize } from "./section-name";

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
  const { bytes } = lines;
  while (lines.next() && lines.end > lines.start) {
    const { start, end } = lines;
    if (bytes[start] === space) {
      throw new ManifestTextError("a line continues nothing");
    }
    const at = bytes.indexOf(colon, start);
    if (at < 0 || at + 1 >= end || bytes[at + 1] !== space) {
      throw new ManifestTextError("a line is not of the form 'name: value'");
    }
    const value = joined(lines, at + 2);
    if (value === undefined) {
      return;
    }
    const name = bytes.toString("utf8", start, at);
    if (!attributeName.test(name)) {
      throw new ManifestTextError(`${JSON.stringify(name.slice(0, 80))} is no name of an attribute`);
    }
    const key = name.toUpperCase();
    attributes.set(key, { name: attributes.get(key)?.name ?? name, value });
  }
}

/** The name of the next section; blank lines before it do not count. */
function readSectionName(lines: Lines): string | undefined {
  do {
    if (!lines.next()) {
      return undefined;
    }
  } while (lines.end === lines.start);
  if (!isNameHeader(lines.bytes, lines.start, lines.end)) {
    throw new ManifestTextError("a section does not begin with 'Name: '");
  }
  return joined(lines, lines.start + nameHeaderSize);
}

/** A value with its continuation lines, joined as bytes: a fold may split a character. Undefined if the text ends within it. */
function joined(lines: Lines, start: number): string | undefined {
  const { bytes } = lines;
  if (!lines.continues()) {
    return bytes.toString("utf8", start, lines.end);
  }
  const pieces = [bytes.subarray(start, lines.end)];
  while (lines.continues()) {
    if (!lines.next()) {
      return undefined;
    }
    pieces.push(bytes.subarray(lines.start + 1, lines.end));
  }
  return Buffer.concat(pieces).toString("utf8");
}
