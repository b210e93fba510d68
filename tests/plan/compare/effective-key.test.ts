import { connectPluginsPathKey as path, disableVerifyKey as verify, type KeyName } from "../../../provider/vocabulary/keys";
import { effectiveKey, keysInUse, sameValue } from "../../../provider/plan/compare/effective-key";
import type { ServerRecord } from "../../../provider/plan/record/record";
import type { KeySeen } from "../../../provider/plan/seen";
import { recordOf, seenServer } from "../support/servers";

const applied = (answersForcedKeys: boolean | null): ServerRecord =>
  recordOf([], { answersForcedKeys, keys: { [path]: { earlier: null, applied: "/srv/c" } } });

test.each<[string, KeySeen, ServerRecord | null, string | null]>([
  ["the value that is seen", { kind: "value", value: "/x" }, applied(null), "/x"],
  ["none, where that is seen", { kind: "unset" }, applied(null), null],
  ["what was applied, where the server does not tell", { kind: "unknown" }, applied(null), "/srv/c"],
  ["what was applied, where it never tells", { kind: "unknown" }, applied(false), "/srv/c"],
  ["none, where it would tell", { kind: "unknown" }, applied(true), null],
  ["none, without a record", { kind: "unknown" }, null, null],
  ["none, where nothing was applied", { kind: "unknown" }, recordOf([]), null],
])("a key has %s", (_name, seen, record, expected) => {
  expect(effectiveKey(path, seen, record)).toBe(expected);
});

test.each<[KeyName, string | null, string | null, boolean]>([
  [path, "/srv/c", "/srv/c/", true],
  [path, "C:\\Srv", "c:/srv/", true],
  [path, "/srv/c", "/srv/C", false],
  [path, null, "", true],
  [path, null, "/srv/c", false],
  [path, null, "false", false],
  [verify, "TRUE", "true", true],
  [verify, "true", "false", false],
  [verify, null, "false", true],
  [verify, "", "False", true],
  [verify, null, "true", false],
])("%s: %j and %j", (key, left, right, expected) => {
  expect([sameValue(key, left, right), sameValue(key, right, left)]).toEqual([expected, expected]);
});

test.each<[string, KeySeen, "verified" | "not verified"]>([
  ["true", { kind: "value", value: "TRUE" }, "not verified"],
  ["false", { kind: "value", value: "false" }, "verified"],
  ["not set", { kind: "unset" }, "verified"],
  ["unknown", { kind: "unknown" }, "verified"],
])("a server whose flag is %s has its signatures judged so, and its folder where the path key says", (_what, flag, signatures) => {
  const seen = seenServer({ keys: { [path]: { kind: "value", value: "/srv/c" }, [verify]: flag } });
  expect(keysInUse(seen)).toEqual({ pluginsPath: "/srv/c", signatures });
});
