import * as fc from "fast-check";
import { UsageError } from "../../../provider/cli/command";
import { revealSecrets } from "../../../provider/cli/server/reveal-secrets";

const signature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const secret = (value: unknown): object => ({ ...signature, plaintext: JSON.stringify(value) });

type Json = fc.JsonValue;

/** A value as a program has it, and as the state prints it: any part of it may be a secret, also inside of one. */
const pair: fc.Arbitrary<{ plain: Json; printed: unknown }> = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.infiniteStream(fc.boolean()))
  .map(([plain, secrets]) => ({ plain, printed: wrap(plain, secrets) }));

function wrap(value: Json, secrets: Iterator<boolean>): unknown {
  const inner = Array.isArray(value)
    ? value.map((each) => wrap(each, secrets))
    : typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, wrap(each as Json, secrets)]))
      : value;
  return secrets.next().value === true ? secret(inner) : inner;
}

test("secrets at any depth, also inside of one another, are the values of the program", () => {
  fc.assert(
    fc.property(pair, ({ plain, printed }) => {
      expect(revealSecrets(JSON.parse(JSON.stringify(printed)))).toEqual(JSON.parse(JSON.stringify(plain)));
    }),
    { seed: 14, numRuns: 300 },
  );
});

test.each([
  ["encrypted", { ...signature, ciphertext: "v1:abc:def" }],
  ["a text that is no JSON", { ...signature, plaintext: "hunter2" }],
  ["empty", signature],
])("a secret that is %s is an error that says what to do and does not show it", (_name, value) => {
  const read = (): unknown => revealSecrets({ credentials: { nodes: [value] } });
  expect(read).toThrow(UsageError);
  expect(read).toThrow(/--show-secrets/);
  expect(read).not.toThrow(/hunter2|abc/);
});
