import fc from "fast-check";
import { checkAnswer } from "../../provider/actions/check-answer";
import { readPlace } from "../../provider/machine/place";
import { parseRecord } from "../../provider/actions/record/parse-record";
import { observeNode } from "../../provider/actions/observe";
import type { Observation } from "../../provider/actions/observe/read-observation";
import type { AnswerRecord } from "../../provider/host/host";
import { TableauError } from "../../provider/vocabulary/error";
import { tame } from "../../provider/vocabulary/printable";
import { answeringHost } from "../host/support/answering-host";
import { outcomeOf } from "./support/outcome";

const aa = "a".repeat(64);
const bb = "b".repeat(64);

const noFailures = { unsafe: [], failed: [], mismatch: [], changed: [] };

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "nothing";
  } catch (error) {
    return error instanceof TableauError ? error.code : String(error);
  }
};

const look = async (records: readonly AnswerRecord[]): Promise<Observation> =>
  await observeNode(answeringHost(records), { stateDirectory: "/s", digests: [aa], directories: ["/d"], timeoutSeconds: 1 });

const codeOfLook = async (records: readonly AnswerRecord[]): Promise<string> => {
  try {
    await look(records);
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
    ["verified", aa, aa],
    ["stored", aa, "3 90", "c", "1.0", "a.taco"],
    ["stored", "lost+found", "4096 90", "", "", ""],
    ["directory", "/d", "750 root tsmadmin"],
    ["name", "/d", "a.taco"],
    ["stat", "/d", "640 root tsmadmin 3 91.5"],
    ["digest", "/d", aa],
    ["process", "vizqlserver", "95.1", "4510"],
    ["process", "java", "93.2", "4320"],
    ["end"],
  ];
  const needed = /^(?:clock|login|runas|directory|name|stat|digest|end)/;
  test("is read whole: group rights count, and the oldest process", async () => {
    expect((await look(whole)).node).toMatchSnapshot();
  });
  test.each(whole.map((record, i) => [record.slice(0, 2).join(" "), i] as const).filter(([name]) => needed.test(name)))(
    "without %s is refused",
    async (_name, i) => {
      expect(await codeOfLook(whole.filter((_record, at) => at !== i))).toBe("host-answer-unreadable");
    },
  );
  test.each(whole.map((record, i) => [record.slice(0, 2).join(" "), i] as const).filter(([name]) => !name.startsWith("process")))(
    "with %s twice is refused",
    async (_name, i) => {
      const twice = whole.flatMap((record, at) => (at === i ? [record, record] : [record]));
      expect(await codeOfLook(twice)).toBe("host-answer-unreadable");
    },
  );
  test("takes a group whose name has blanks", async () => {
    const stat: AnswerRecord = ["stat", "/d", "640 root domain users 3 91.5"];
    const { node } = await look(whole.map((record) => (record[0] === "stat" ? stat : record)));
    expect(node.packages[0]).toMatchObject({ owner: "root", group: "domain users", changedAt: 91.5 });
  });
  test("has the reason of a due restart in one line that a person can read", async () => {
    const note: AnswerRecord = ["restart-required", "95", "a file is new\r\n\u001b[2J\nRun `rm -rf /` now.\n"];
    const { restartRequired } = await look([...whole.slice(0, -1), note, ["end"]]);
    expect(restartRequired).toEqual({ since: 95, reason: "a file is new / \\x1b[2J / Run `rm -rf /` now." });
  });
  test("of garbage ends in a refusal or a reading, never in another error", async () => {
    const word = fc.oneof(fc.constantFrom(...whole.flat()), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, word, word)), async (records) => {
        expect(["nothing", "host-answer-unreadable"]).toContain(await codeOfLook([...records, ["end"]]));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

test("the note beside a file on a machine names its stack in one line", () => {
  const lines = { system: [{ name: "Linux" }], folder: [{ path: "/d" }], running: [] };
  const { note } = readPlace("machine", { ...noFailures, ...lines, note: [{ text: "token\r\nshop/\u001b[2J\rdev\nmore" }] });
  expect(note).toEqual({ token: tame("token\r"), stack: tame("shop/\u001b[2J\rdev") });
});

test.each(["", "{", "null", "[]", "1", '{"schemaVersion":2}', '{"schemaVersion":1,"owner":{}}'])("%j is no record", (text) => {
  expect(codeOf(() => parseRecord("node1", "/x", text))).toBe("record-unreadable");
});

test.each<[string, AnswerRecord[], number, string]>([
  ["went through", [["end"]], 0, "nothing"],
  ["No space left on device", [["failed", "write x", "head: No space left on device"]], 1, "host-disk-full"],
  ["Read-only file system", [["failed", "write x", "mv: Read-only file system"]], 1, "host-read-only"],
  ["Permission denied", [["failed", "write x", "Permission denied"]], 1, "host-command-failed"],
  ["damaged", [["mismatch", aa, "1", bb]], 1, "digest-mismatch"],
  ["changed", [["changed", "/d", "a.taco", "-"]], 1, "activation-failed"],
  ["no words at all", [], 7, "host-command-failed"],
])("an answer that says %s", (_name, records, status, code) => {
  expect(codeOf(() => checkAnswer("node1", "do it", outcomeOf({ records, status, errorText: "" })))).toBe(code);
});
