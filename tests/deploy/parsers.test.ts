import fc from "fast-check";
import { checkAnswer } from "../../provider/deploy/check-answer";
import { parseRecord } from "../../provider/deploy/parse-record";
import { readObservation } from "../../provider/deploy/read-observation";
import type { AnswerRecord } from "../../provider/host/host";
import { TableauError } from "../../provider/error";

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "nothing";
  } catch (error) {
    return error instanceof TableauError ? error.code : String(error);
  }
};

describe("an observation", () => {
  const whole: AnswerRecord[] = [
    ["clock", "100.5", "50"],
    ["boot", "b1"],
    ["login", "root"],
    ["runas", "tableau", "tableau tsmadmin"],
    ["verified", "aa", "aa"],
    ["stored", "aa", "3 90", "c", "1.0", "a.taco"],
    ["directory", "/d", "750 root tsmadmin"],
    ["name", "/d", "a.taco"],
    ["stat", "/d", "640 root tsmadmin 3 91.5"],
    ["digest", "/d", "aa"],
    ["process", "vizqlserver", "95.1", "4510"],
    ["process", "java", "93.2", "4320"],
    ["end"],
  ];
  test("is read whole: group rights count, and the oldest process", () => {
    expect(readObservation("node1", whole).node).toMatchSnapshot();
  });
  test.each(whole.map((record, i) => [record.slice(0, 2).join(" "), i] as const).filter(([name]) => /name|stat|digest|end/.test(name)))(
    "without %s is refused",
    (_name, i) => {
      expect(
        codeOf(() =>
          readObservation(
            "node1",
            whole.filter((_record, at) => at !== i),
          ),
        ),
      ).toBe("host-answer-unreadable");
    },
  );
  test("of garbage ends in a refusal or a reading, never in another error", () => {
    const word = fc.oneof(fc.constantFrom(...whole.flat()), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word)), (records) => {
        expect(["nothing", "host-answer-unreadable"]).toContain(codeOf(() => readObservation("node1", [...records, ["end"]])));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

test.each(["", "{", "null", "[]", "1", '{"schemaVersion":2}', '{"schemaVersion":1,"owner":{}}'])("%j is no record", (text) => {
  expect(codeOf(() => parseRecord("node1", "/x", text))).toBe("record-unreadable");
});

test.each<[string, AnswerRecord[], number, string]>([
  ["went through", [["end"]], 0, "nothing"],
  ["No space left on device", [["failed", "write x", "head: No space left on device"]], 1, "host-disk-full"],
  ["Read-only file system", [["failed", "write x", "mv: Read-only file system"]], 1, "host-read-only"],
  ["Permission denied", [["failed", "write x", "Permission denied"]], 1, "host-command-failed"],
  ["damaged", [["mismatch", "aa", "1", "bb"]], 1, "digest-mismatch"],
  ["changed", [["changed", "/d", "a.taco", "-"]], 1, "activation-failed"],
  ["no words at all", [], 7, "host-command-failed"],
])("an answer that says %s", (_name, records, status, code) => {
  expect(codeOf(() => checkAnswer("node1", "do it", { records, status, errorText: "" }))).toBe(code);
});
