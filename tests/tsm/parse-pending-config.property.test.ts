import fc from "fast-check";
import { connectPluginsPathKey, disableVerifyKey, type KeyName } from "../../provider/vocabulary/keys";
import * as command from "../../provider/tsm/command";
import { isPrintableKey } from "../../provider/tsm/key-token";
import { parsePendingConfig } from "../../provider/tsm/parse-pending-config";
import { answerOf } from "./support/answer";
import { arbitraryLayout, foreignChange, ourChange, wrappings, type Change, type Layout } from "./support/pending-layout";

const call = command.listPending("config");
const nothing = "There are no pending configuration changes.";

const scene = fc.record({
  layout: arbitraryLayout,
  ours: fc.uniqueArray(ourChange, { selector: (change) => change.key, maxLength: 2 }),
  foreign: fc.uniqueArray(foreignChange, { selector: (change) => change.key, maxLength: 3 }),
  order: fc.infiniteStream(fc.nat()),
  wrapping: wrappings,
  knowsValues: fc.boolean(),
});

test("tells our changes exactly, others' whenever there are any, and never a value of theirs", () => {
  fc.assert(
    fc.property(scene, ({ layout, ours, foreign, order, wrapping, knowsValues }) => {
      fc.pre(ours.length + foreign.length > 0);
      const text = wrapping(render(layout, shuffle([...ours, ...foreign], order)));
      const ourValues = knowsValues ? ours.flatMap((change) => [change.oldValue, change.value]) : [];
      const result = parsePendingConfig(answerOf(call, { stdout: text }), ourValues);

      expect(result.ours).toEqual(ours.map((change) => change.key).sort());
      expect(result.foreign.length > 0).toBe(foreign.length > 0);
      const names = new Set([...foreign.map((change) => change.key), "(a name that cannot be told)"]);
      expect(result.foreign.filter((name) => !names.has(name))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

const word = fc.constantFrom(
  ...[
    "com.tableausoftware.core.Retry",
    "sun.misc.Unsafe::load",
    "tab1.example.com:8850",
    "(file:/opt/tableau/metrics.jar)",
    "gateway.timeout",
  ],
  ...[connectPluginsPathKey, "failed", "is", "deprecated.", "3", "jobs", "CN=tab1.example.com,", "hunter2", "pending", "=", "changes"],
);
const message = fc
  .tuple(
    fc.constantFrom("WARNING:", "ERROR", "at", "2026-11-24 10:00:00,123 WARN", "org.slf4j.Logger", "Warning:", "sudo:", "The"),
    fc.array(word),
  )
  .map(([first, words]) => [first, ...words].join(" "));

test("beside a list, messages on standard error change nothing, and a row of it does", () => {
  fc.assert(
    fc.property(
      scene,
      fc.array(message, { minLength: 1, maxLength: 8 }),
      foreignChange,
      ({ layout, ours, foreign, order, wrapping }, lines, row) => {
        const changes = shuffle([...ours, ...foreign], order);
        const stdout = changes.length === 0 ? nothing : wrapping(render(layout, changes));
        const alone = parsePendingConfig(answerOf(call, { stdout }), []);
        expect(parsePendingConfig(answerOf(call, { stdout, stderr: lines.join("\n") }), [])).toEqual(alone);

        const stderr = [...lines, `${row.key}: ${row.value.split("\n").join(" ")}`].join("\n");
        const named = parsePendingConfig(answerOf(call, { stdout, stderr }), []).foreign.length > 0;
        expect(named).toBe(alone.foreign.length > 0 || isPrintableKey(row.key));
      },
    ),
    { numRuns: 2000 },
  );
});

test("never takes a list with a change for nothing, wherever the sentence stands in a value", () => {
  fc.assert(
    fc.property(arbitraryLayout, foreignChange, fc.constantFrom("", "\n", "\r\n"), wrappings, (layout, change, end, wrapping) => {
      const text = wrapping(render(layout, [{ ...change, value: `${end}${nothing}${end}` }]));
      expect(parsePendingConfig(answerOf(call, { stdout: text }), []).foreign).not.toEqual([]);
    }),
  );
});

test("says nothing is pending when the list says so, however it is dressed", () => {
  const dressed = fc.record({
    before: fc.constantFrom("", "Configuration\n", "\u001b[1mConfiguration\u001b[0m\r\n", "\n\n", "Pending configuration changes:\n"),
    sentence: fc.constantFrom(nothing, nothing.toUpperCase(), `  ${nothing}   `, `\u001b[32m${nothing}\u001b[0m`, `- ${nothing}`),
    after: fc.constantFrom("", "\n", "\r\n", "\nTopology\nThere are no pending topology changes.\n"),
  });
  fc.assert(
    fc.property(dressed, fc.constantFrom("stdout", "stderr"), ({ before, sentence, after }, stream) => {
      expect(parsePendingConfig(answerOf(call, { [stream]: before + sentence + after }), [])).toEqual({ ours: [], foreign: [] });
    }),
  );
});

test("never reads nothing out of any other text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (stdout, stderr) => {
      const read = (): readonly string[] => {
        const { ours, foreign } = parsePendingConfig(answerOf(call, { stdout, stderr }), []);
        return [...ours, ...foreign];
      };
      let found: readonly string[];
      try {
        found = read();
      } catch (error) {
        expect(error).toMatchObject({ code: "tsm-answer-unreadable" });
        return;
      }
      expect(found).not.toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

function render(layout: Layout, changes: readonly Change[]): string {
  return layout(changes);
}

function shuffle<T>(items: readonly T[], order: IterableIterator<number>): readonly T[] {
  return items
    .map((item) => ({ item, rank: Number(order.next().value) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

test("both keys of ours are known to the layouts", () => {
  const keys: readonly KeyName[] = [connectPluginsPathKey, disableVerifyKey];
  expect(fc.sample(ourChange, 50).every((change) => keys.some((key) => key === change.key))).toBe(true);
});
