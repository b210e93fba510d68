import { hostileTexts } from "./hostile-texts";

interface TextLie {
  readonly what: string;
  /** Made when it is told: there are many, and some are long. */
  readonly text: () => string;
}

/** What may be made of a true text: each of its lines, and the last word of each, in other words; of JSON each of its values. */
export function liesWithin(truth: string, outside: string): readonly TextLie[] {
  const value = parsed(truth);
  return value === undefined ? [...aboutLines(truth, outside), ...aboutShape(truth)] : aboutValues(value, outside);
}

function aboutLines(truth: string, outside: string): TextLie[] {
  const lines = truth.split("\n");
  return lines.flatMap((line, i) =>
    Object.entries(hostileTexts(outside)).flatMap(([what, make]) => {
      const withLine = (changed: string): string => [...lines.slice(0, i), changed, ...lines.slice(i + 1)].join("\n");
      const [, head = "", word = ""] = /^(.*?)(\S*)\s*$/.exec(line) ?? [];
      return [
        { what: `line ${String(i + 1)}: ${what}`, text: () => withLine(make(line)) },
        { what: `line ${String(i + 1)}, last word: ${what}`, text: () => withLine(head + make(word)) },
      ];
    }),
  );
}

function aboutShape(truth: string): TextLie[] {
  const lines = truth.split("\n");
  return [
    { what: "100,000 line ends", text: () => "\n".repeat(100_000) },
    { what: "each line a thousand times", text: () => lines.flatMap((line) => Array.from({ length: 1000 }, () => line)).join("\n") },
    { what: "its lines in the other order", text: () => [...lines].reverse().join("\n") },
    { what: "its first half", text: () => truth.slice(0, truth.length / 2) },
    { what: "carriage returns for line ends", text: () => truth.replaceAll("\n", "\r") },
    { what: "blanks for line ends", text: () => truth.replaceAll("\n", " ") },
    { what: "in capitals", text: () => truth.toUpperCase() },
  ];
}

type Path = readonly (string | number)[];

function aboutValues(value: unknown, outside: string): TextLie[] {
  const others: readonly (readonly [string, (truth: string) => unknown])[] = [
    ...Object.entries(hostileTexts(outside)),
    ["null", () => null],
    ["no text", () => 7],
    ["a number too large", () => 1e308],
    ["yes", () => true],
    ["a list", () => ["x", 1, null]],
    ["an object", () => ({ toString: "x", length: -1 })],
    ["a list of lists", () => Array.from({ length: 1000 }).reduce((inner) => [inner], [])],
    ["many", () => Array.from({ length: 20_000 }, (_, i) => i)],
  ];
  const ownPrototype = JSON.stringify(value).replace("{", '{"__proto__":{"polluted":true},');
  return [
    { what: "a prototype of its own", text: () => ownPrototype },
    { what: "brackets without an end", text: () => "[".repeat(100_000) },
    ...pathsIn(value).flatMap((path) =>
      others.map(([what, make]) => {
        const truth = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
        return {
          what: `${path.join(".")}: ${what}`,
          text: () => JSON.stringify(withValue(value, path, make(typeof truth === "string" ? truth : ""))),
        };
      }),
    ),
  ];
}

function pathsIn(value: unknown, above: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return above.length === 0 ? [] : [above];
  const inner = Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...above, key]));
  return above.length === 0 ? inner : [above, ...inner];
}

function withValue(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one: unknown, i) => (i === Number(key) ? withValue(one, rest, by) : one));
  const properties = value as Readonly<Record<string, unknown>>;
  return { ...properties, [key]: withValue(properties[key], rest, by) };
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
