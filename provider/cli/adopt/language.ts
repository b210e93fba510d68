import type { Entry, Value } from "./value";

/** How a language writes what is the same in all of them. */
export interface Language {
  readonly comment: "//" | "#";
  /** What stands around names of ours and of others. */
  readonly field: (name: string) => string;
  readonly text: (value: string) => string;
  readonly boolean: (value: boolean) => string;
  readonly secret: (key: string) => string;
}

/**
 * A text in double quotes, of nothing but ASCII: what a node or a certificate says of itself may hold quotes, line ends and characters that
 * turn the direction of writing round, and none of them is to be more than text.
 */
export function quoted(value: string, escape: (code: number) => string): string {
  const inner = Array.from(value, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") return `\\${character}`;
    return code >= 0x20 && code < 0x7f ? character : escape(code);
  });
  return `"${inner.join("")}"`;
}

/** Lines of a comment: one line, of nothing but ASCII, for each sentence. */
export function comments(notes: readonly string[], language: Language, indent: string): string {
  return notes
    .map(
      (note) =>
        `${indent}${language.comment} ${note.replace(/[^\x20-\x7e]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)}\n`,
    )
    .join("");
}

/** A value as TypeScript and Python have it: braces, brackets and commas. */
export function braced(value: Value, language: Language, indent: string): string {
  const deeper = `${indent}${" ".repeat(language.comment === "#" ? 4 : 2)}`;
  switch (value.kind) {
    case "scalar":
      return scalarText(value.value, language);
    case "secret":
      return language.secret(value.key);
    case "list":
      if (value.items.length === 0) return "[]";
      return `[\n${value.items.map((item) => `${deeper}${braced(item, language, deeper)},\n`).join("")}${indent}]`;
    case "object":
      return block(value.fields.map((one) => member(one, language.field(one.name), language, deeper)).join(""), indent);
    case "map":
      return block(
        value.entries.map((one) => member(one, language.text(one.name), language, deeper)).join("") +
          comments(value.notes, language, deeper),
        indent,
      );
  }
}

export function scalarText(value: string | number | boolean, language: Language): string {
  if (typeof value === "string") return language.text(value);
  return typeof value === "boolean" ? language.boolean(value) : String(value);
}

function block(inner: string, indent: string): string {
  return inner === "" ? "{}" : `{\n${inner}${indent}}`;
}

function member({ value, notes = [] }: Entry, name: string, language: Language, indent: string): string {
  return `${comments(notes, language, indent)}${indent}${name}: ${braced(value, language, indent)},\n`;
}
