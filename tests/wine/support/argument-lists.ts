import fc from "fast-check";

const letters = [..." \"%^&|<>!\\()=,;'`~*?@#$+-_./:{}[]\t", ..."abXYZ019", ..."äßéλ日本𝒳\u00a0\u202e"];
const specials = [
  "",
  "\\",
  "\\\\",
  '"',
  '""',
  '\\"',
  "%PATH%",
  "%cd%",
  "%",
  "^",
  "^^",
  "!x!",
  "&",
  "C:\\Program Files\\x\\",
  "a b\\",
  "/c",
  "-v",
];

const argument = fc.oneof(
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 16 }),
  fc.constantFrom(...specials),
  // Anything that a command line can hold at all.
  fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replace(/[\0\r\n]/g, "")),
);

/** Lists of arguments, the same ones in every run. What a batch file cannot carry, a percent sign, is left out for it. */
export function argumentLists(count: number, forWhat: "program" | "batch"): string[][] {
  const lists = fc.sample(fc.array(argument, { minLength: 1, maxLength: 6 }), { numRuns: count, seed: forWhat === "program" ? 11 : 12 });
  return forWhat === "program" ? lists : lists.map((list) => list.map((text) => text.replaceAll("%", "")));
}
