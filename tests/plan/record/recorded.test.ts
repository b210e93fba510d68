import { connectPluginsPathKey as path, disableVerifyKey as verify } from "../../../provider/vocabulary/keys";
import { confirmedFile, confirmedName, isRecorded, recordedFile } from "../../../provider/plan/record/recorded-file";
import { isOurValue, isUncertain, valuesBetween } from "../../../provider/plan/record/recorded-key";
import type { RecordedKey, ServerRecord } from "../../../provider/plan/record/record";
import type { KeySeen } from "../../../provider/plan/seen";
import { changed, connector, recordOf, seenServer } from "../support/servers";

const a = connector("a_jdbc");
const one = recordOf([a]);
const many = recordOf([a], {
  files: { [a.fileName]: { ...one.files[a.fileName], directory: "/first", directories: ["/second"] } as ServerRecord["files"][string] },
});

describe("a file of the record", () => {
  test.each<[string, ServerRecord | null, string, string, boolean]>([
    ["in its folder", one, "/opt/tableau/connectors", a.fileName, true],
    ["elsewhere", one, "/srv", a.fileName, false],
    ["another one", one, "/opt/tableau/connectors", "b.taco", false],
    ["in the first of its folders", many, "/first", a.fileName, true],
    ["in a further one", many, "/second", a.fileName, true],
    ["in none of them", many, "/third", a.fileName, false],
    ["without a record", null, "/first", a.fileName, false],
  ])("%s", (_name, record, directory, fileName, expected) => {
    expect(isRecorded(record, { directory, fileName })).toBe(expected);
  });

  test("is found by its own name alone", () => {
    expect(recordedFile(one, a.fileName)).toBe(one.files[a.fileName]);
    expect(recordedFile(one, "valueOf")).toBeUndefined();
    expect(recordedFile(null, a.fileName)).toBeUndefined();
  });

  test("has what was confirmed under its name, with its folder where it lies in further ones", () => {
    const names = ["/first", "/second"].map((directory) => confirmedName(many, { directory, fileName: a.fileName }));
    expect(names).toEqual(["a_jdbc.taco", "/second/a_jdbc.taco"]);
    expect(confirmedName(many, { directory: "/x", fileName: "b.taco" })).toBe("b.taco");
    expect(confirmedName(null, { directory: "/x", fileName: "b.taco" })).toBe("b.taco");
    const [first, second] = [1, 2].map((changedAt) => ({ sha256: a.sha256, changedAt }));
    const record = {
      ...many,
      confirmed: { node1: { "a_jdbc.taco": first, "/second/a_jdbc.taco": second } as ServerRecord["confirmed"][string] },
    };
    const at = (name: string, directory: string): unknown => confirmedFile(record, { name }, { directory, fileName: a.fileName });
    expect([at("node1", "/first"), at("node1", "/second"), at("node2", "/first"), at("toString", "/first")]).toEqual([
      first,
      second,
      undefined,
      undefined,
    ]);
    expect(confirmedFile(null, { name: "node1" }, { directory: "/first", fileName: a.fileName })).toBeUndefined();
    expect(confirmedFile(one, { name: "node1" }, { directory: "/opt/tableau/connectors", fileName: a.fileName })?.changedAt).toBe(changed);
  });
});

const key = (applied: string | null, between?: (string | null)[]): RecordedKey => ({
  earlier: "/old",
  applied,
  ...(between === undefined ? {} : { between }),
});

test.each<[string, RecordedKey, string | null, boolean]>([
  ["what was applied", key("/srv/c"), "/srv/c/", true],
  ["another", key("/srv/c"), "/srv/x", false],
  ["none", key("/srv/c"), null, false],
  ["a change that was begun, to nobody knows what", key(null), "/srv/x", true],
  ["one of those that it may have", key(null, ["/a", "/b"]), "/b", true],
  ["none of those", key(null, ["/a", "/b"]), "/c", false],
  ["none, which it may have", key(null, ["/a", null]), null, true],
  ["none, which it may not have", key(null, ["/a"]), null, false],
  ["one that it had in between", key("/c", ["/a"]), "/a", true],
])("a value of ours: %s", (_name, recorded, value, expected) => {
  expect(isOurValue(path, recorded, value)).toBe(expected);
});

test.each<[string, RecordedKey | undefined, string | null, (string | null)[]]>([
  ["of a key that was never ours", undefined, "/n", ["/n"]],
  ["of one that was applied", key("/a"), "/n", ["/a", "/n"]],
  ["of one that goes", key("/a"), null, ["/a", null]],
  ["of one that was being changed", key(null, ["/a", "/b"]), "/n", ["/a", "/b", "/n"]],
  ["each once", key(null, ["/a", null]), null, ["/a", null]],
  ["of one that 0.1.0 was changing", key(null), "/n", ["/n"]],
])("the values in between: %s", (_name, recorded, next, expected) => {
  expect(valuesBetween(recorded, next)).toEqual(expected);
});

const unknown: KeySeen = { kind: "unknown" };
test.each<[string, RecordedKey | undefined, KeySeen, boolean | null, boolean]>([
  ["begun, and the server does not tell", key(null, ["/a"]), unknown, null, true],
  ["begun, and the server never tells", key(null, ["/a"]), unknown, false, true],
  ["begun, and the server tells", key(null, ["/a"]), { kind: "value", value: "/a" }, null, false],
  ["begun, and the server would tell", key(null, ["/a"]), unknown, true, false],
  ["begun by 0.1.0", key(null), unknown, null, false],
  ["applied", key("/a"), unknown, null, false],
  ["applied, with what was in between", key("/a", ["/a"]), unknown, null, false],
  ["never ours", undefined, unknown, null, false],
])("an uncertain change: %s", (_name, recorded, now, answersForcedKeys, expected) => {
  const record = recordOf([], { answersForcedKeys, keys: recorded === undefined ? {} : { [path]: recorded } });
  const keys = { [path]: now, [verify]: unknown };
  expect(isUncertain(path, seenServer({ record, keys }))).toBe(expected);
  expect(isUncertain(verify, seenServer({ record, keys }))).toBe(false);
  expect(isUncertain(path, seenServer({ record: null, keys }))).toBe(false);
});
