import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { quoteArgv, shellWord } from "../../provider/vocabulary/shell-words";

const odd = [
  "",
  " ",
  "a b",
  "-n",
  "--",
  "a=b",
  "=ls",
  "~",
  "$HOME",
  "$(id)",
  "`id`",
  "'",
  '"',
  "\\",
  "a\nb",
  "*",
  "%1",
  "{a,b}",
  "!x",
  "#",
  "ö",
];
const word = fc
  .oneof(fc.constantFrom(...odd), fc.string({ unit: "binary" }))
  .filter((text) => !text.includes("\0") && !/\p{Surrogate}/u.test(text));

/** The arguments that a shell gives to a program. */
function heard(command: string): string[] {
  const { stdout } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  return stdout.split("\0").slice(0, -1);
}

test("what a shell hears is what was said", () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      expect(heard(`${quoteArgv(["printf", "%s\\0"])} ${quoteArgv(words)}`)).toEqual(words);
      expect(heard(`printf '%s\\0' ${words.map(shellWord).join(" ")}`)).toEqual(words);
    }),
    { numRuns: 60 },
  );
});

test("a word that no shell reads in another way stands as it is", () => {
  expect(["/opt/tableau/connectors/a-b_1.0.taco", "-DConnectPluginsPath=/a,b", "user@host:22", "50%"].map(shellWord)).toEqual([
    "/opt/tableau/connectors/a-b_1.0.taco",
    "-DConnectPluginsPath=/a,b",
    "user@host:22",
    "50%",
  ]);
  expect(quoteArgv(["A=1", "env", "LC_ALL=C", "=ls"])).toBe("'A=1' env 'LC_ALL=C' '=ls'");
});
