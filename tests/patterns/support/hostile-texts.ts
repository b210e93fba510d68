import ts from "typescript";
import { nodesOf, type Source } from "./sources";

/** A text of any length: what stands first, and what is repeated behind it. */
export interface Shape {
  readonly first: string;
  readonly piece: string;
}

/** A hostile text of so many characters. */
export function hostileText({ first, piece }: Shape, length: number): string {
  return (first + piece.repeat(Math.ceil(length / piece.length))).slice(0, length);
}

// What grammars are made of, whichever it is.
const pieces = [
  ...["a", "a ", " ", "\t", "\n", "\r\n", "\r", "\0", "\u001b[", "\u2028", "é", "\ud800", "0", "0.", "-", "/", "\\", "../", ".", "a."],
  ...[
    "=",
    "a=",
    ":",
    "a: ",
    ",",
    "a,",
    '"',
    '\\"',
    "'",
    "(",
    "[",
    "{",
    "<",
    "<a>",
    "<a ",
    "&",
    "%",
    "%a%",
    "@",
    "#",
    "*",
    "|",
    "+",
    "~",
    "::",
  ],
];

/** Shapes for the code of one file: the pieces of every grammar, then those of its own, which are its literals. */
export function shapesFor(source: Source, most = Infinity): readonly Shape[] {
  const own = literalsOf(source).slice(0, most);
  return [
    ...pieces.map((piece) => ({ first: "", piece })),
    ...own.flatMap((word) => [
      { first: "", piece: word },
      { first: "", piece: `${word} ` },
      { first: "", piece: `${word}\n` },
      { first: word, piece: " " },
      { first: word, piece: "a" },
    ]),
  ];
}

/** About so many of some shapes, evenly from the first to the last; of another `turn` others. */
export function sampleOf(shapes: readonly Shape[], most: number, turn: number): readonly Shape[] {
  const step = Math.max(1, Math.floor(shapes.length / most));
  return shapes.filter((_, index) => (index + turn) % step === 0);
}

/** The literals of patterns first: they are what the code looks for. */
function literalsOf({ tree }: Source): readonly string[] {
  const ofPatterns = nodesOf(tree, ts.isRegularExpressionLiteral).flatMap(({ text }) => wordsOf(text));
  const ofTexts = nodesOf(tree, (node): node is ts.StringLiteral => ts.isStringLiteral(node) && !ts.isImportDeclaration(node.parent)).map(
    ({ text }) => text,
  );
  return [...new Set([...ofPatterns, ...ofTexts])].filter((word) => word !== "" && word.length <= 40 && !pieces.includes(word));
}

const classes: Readonly<Record<string, string>> = { s: " ", S: "a", d: "0", D: "a", w: "a", W: " ", n: "\n", r: "\r", t: "\t", b: "" };

function wordsOf(pattern: string): readonly string[] {
  const plain = pattern.slice(1, pattern.lastIndexOf("/")).replace(/\\(.)/gs, (_, sign: string) => classes[sign] ?? sign);
  return plain.split(/[()[\]{}|?*+^$]+/);
}
