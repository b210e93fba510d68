import { join } from "node:path";
import ts from "typescript";
import { listJobs } from "../../../provider/tsm/command";
import { customParsers, notParsers } from "./custom-parsers";
import { shapesFor, type Shape } from "./hostile-texts";
import { nodesOf, readSource, root, type Source, sourcesOf } from "./sources";

/** PULUMI_TABLEAU_PARSERS=whole tries every shape of each parser; else a sample, the same each time. `npm run bench -- parsers` measures the time. */
export const isWhole = process.env["PULUMI_TABLEAU_PARSERS"] === "whole";

/** A function of the provider that is given text or bytes. */
export interface Parser {
  /** Such as "tsm/parse-jobs.ts parseJobs". */
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly parse: (text: string) => unknown;
}

export interface Parsers {
  readonly parsers: readonly Parser[];
  /** Functions that take text, and that this file neither knows how to call nor is told to leave alone. */
  readonly unknown: readonly string[];
}

/**
 * Finds every exported function of the provider that takes text, bytes or an answer and gives a value. One whose arguments can be made
 * of a text alone needs no word here; any other is in custom-parsers.ts.
 *
 * @param most of a file's own literals make shapes.
 */
export function findParsers(most?: number): Parsers {
  const found = sourcesOf(["provider"]).flatMap((source) => functionsOf(source).map((declaration) => ({ source, declaration })));
  const named = found.map(({ source, declaration }) => {
    const name = `${source.file.slice("provider/".length)} ${declaration.name?.text ?? ""}`;
    return { name, source, parse: notParsers.has(name) ? "left alone" : (customParsers[name] ?? callerOf(source, declaration)) };
  });
  const names = new Set(named.map(({ name }) => name));
  const others = Object.entries(customParsers).filter(([name]) => !names.has(name));
  return {
    parsers: [
      ...named.flatMap(({ name, source, parse }) =>
        typeof parse === "function" ? [{ name, shapes: shapesFor(source, most), parse }] : [],
      ),
      ...others.flatMap(([name, parse]) => (parse === undefined ? [] : [{ name, shapes: shapesFor(sourceOf(name), most), parse }])),
    ],
    unknown: named.flatMap(({ name, parse }) => (parse === undefined ? [name] : [])),
  };
}

function sourceOf(name: string): Source {
  return readSource(join("provider", name.split(" ", 1).join("")));
}

const textTypes: ReadonlySet<string> = new Set([
  "string",
  "Buffer",
  "CallAnswer",
  "Answer",
  "readonly AnswerLine[]",
  "readonly KnownHostsFile[]",
]);

function functionsOf({ tree }: Source): readonly ts.FunctionDeclaration[] {
  return nodesOf(tree, ts.isFunctionDeclaration).filter((declaration) => {
    const isExported = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    const result = declaration.type?.getText() ?? "void";
    return isExported && !/^(?:Promise<.*>|void|never)$/s.test(result) && declaration.parameters.some((one) => textTypes.has(typeOf(one)));
  });
}

function typeOf(parameter: ts.ParameterDeclaration): string {
  return parameter.type?.getText() ?? "";
}

type Make = (text: string, source: Source) => unknown;

const makers: Readonly<Partial<Record<string, Make>>> = {
  string: (text) => text,
  Buffer: (text) => Buffer.from(text, "latin1"),
  CallAnswer: (text) => ({ node: "node1", call: listJobs(), stdout: text, stderr: text, exit: 0 }),
  Answer: (text, source) => ({ records: recordsOf(text, source), status: 0, errorText: text }),
  "readonly AnswerLine[]": recordsOf,
  "readonly KnownHostsFile[]": (text) => [{ path: "known_hosts", text }],
  "readonly string[]": (text) => [text, text],
  "string | undefined": () => undefined,
  "string | null": () => null,
};

/** Records under every key that the file speaks of. */
function recordsOf(text: string, { tree }: Source): readonly (readonly string[])[] {
  const keys = new Set(nodesOf(tree, ts.isStringLiteral).map((literal) => literal.text));
  return [...[...keys].filter((key) => /^[a-z-]+$/.test(key)).map((key) => [key, text, text, text, text, text]), ["end"]];
}

function callerOf(source: Source, declaration: ts.FunctionDeclaration): Parser["parse"] | undefined {
  const needed = declaration.parameters.filter(
    ({ initializer, questionToken }) => initializer === undefined && questionToken === undefined,
  );
  const made = needed.map((parameter) => makers[typeOf(parameter)]);
  if (made.includes(undefined)) return undefined;
  // The file is known only now, and has to be compiled as every other import is.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const module = require(join(root, source.file)) as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const call = module[declaration.name?.text ?? ""];
  return call === undefined ? undefined : (text) => call(...made.map((make) => make?.(text, source)));
}
