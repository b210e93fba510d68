import type * as Saxes from "saxes";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const limits = { characters: 3 * 1024 * 1024, depth: 64, elements: 20_000 } as const;

/**
 * Parses a well-formed XML document into its elements and attributes; text, comments and instructions are left out.
 *
 * A DOCTYPE is refused: no manifest needs one, and so no entity is ever expanded beyond the five that XML defines.
 *
 * @throws Error with one sentence that says what is wrong.
 */
export function parseXml(text: string): XmlElement {
  if (text.length > limits.characters) {
    throw new Error(`it has ${text.length} characters, at most ${limits.characters} are read`);
  }
  const root: MutableElement = { name: "", attributes: {}, children: [] };
  const open: MutableElement[] = [root];
  let elements = 0;
  const parser = newParser();
  parser.on("error", (error) => {
    throw new Error(`it is not well-formed XML (${error.message})`);
  });
  parser.on("doctype", () => {
    throw new Error("it has a DOCTYPE, expected none");
  });
  parser.on("opentag", (tag) => {
    elements++;
    if (open.length > limits.depth || elements > limits.elements) {
      throw new Error(`its elements are more than ${limits.elements}, or nested deeper than ${limits.depth}`);
    }
    const element = { name: tag.name, attributes: tag.attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  // An internal subset would be read to its end before the event comes; nothing of it is needed to refuse it.
  if (/<!DOCTYPE/i.test(text.slice(0, firstTag(text)))) {
    throw new Error("it has a DOCTYPE, expected none");
  }
  parser.write(text).close();
  const [document] = root.children;
  if (document === undefined) {
    throw new Error("it has no root element");
  }
  return document;
}

interface MutableElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: MutableElement[];
}

function newParser(): Saxes.SaxesParser<object> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when a manifest is read, not when the provider starts
  const { SaxesParser: Parser } = require("saxes") as typeof Saxes;
  return new Parser({});
}

function firstTag(text: string): number {
  const found = /<[A-Za-z_:]/.exec(text);
  return found === null ? text.length : found.index;
}
