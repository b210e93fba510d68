import { Failures } from "../../provider/schema/failures";
import { field } from "../../provider/schema/field";
import { otherKeys } from "../../provider/schema/other-keys";
import { check, parse } from "../../provider/schema/read";
import { unknownValue } from "../../provider/schema/unknown";
import { longestKeyValue } from "../../provider/vocabulary/keys";

const table = { keys: field(otherKeys, { says: "Keys." }) };

function reasonsFor(keys: unknown): readonly string[] {
  const failures = new Failures();
  check(table, { keys }, failures);
  return failures.list.map(({ property, reason }) => `${property} ${reason}`);
}

const topology = "is part of the topology, which tsm changes by `tsm topology`, not by a configuration key";
const noName = 'expected the name of a configuration key: letters, digits, "_" and "-", parted by dots';

test.each<[string, string | null]>([
  ["gateway.timeout", null],
  ["backgrounder.querylimit", null],
  ["a-b.c_d", null],
  ["workersnap.timeout", null],
  ["my.worker0", null],
  ["nodes2.x", null],
  ["procs", null],
  ["native_api.connect_plugins_path", "has an argument of its own: connectPluginsPath"],
  ["Native_API.Connect_Plugins_Path", "has an argument of its own: connectPluginsPath"],
  ["native_api.disable_verify_connector_plugin_signature", "has an argument of its own: disableVerifyConnectorPluginSignature"],
  ["worker0.vizqlserver.procs", topology],
  ["workers", topology],
  ["worker", topology],
  ["workerX.a", topology],
  ["WORKER12.a", topology],
  ["node1.a", topology],
  ["node12", topology],
  ["node.a", topology],
  ["vizqlserver.procs.a", null],
  ["nodes.a", topology],
  ["topology.a", topology],
  ["vizqlserver.procs", topology],
  ["vizqlserver.PROCS", topology],
  ["", "expected the name of a configuration key, got an empty text"],
  ["a b", noName],
  ["a..b", noName],
])("the key %j", (name, expected) => {
  expect(reasonsFor({ [name]: "value" })).toEqual(expected === null ? [] : [`keys[${JSON.stringify(name)}] ${expected}`]);
});

const ends = "expected a text without a blank at its beginning or end, which tsm does not show";
const lines = "expected a text of one line: tsm shows values on one line";
const word = 'expected another text than "null", by which tsm says that a key has no value';

test.each<[unknown, string | null]>([
  ["a", null],
  ["a b", null],
  ["nullable", null],
  ["a null", null],
  [unknownValue, null],
  [null, null],
  [undefined, null],
  [5, "expected a text"],
  [{ a: "b" }, "expected a text"],
  ["", "expected a text that is not empty; leave a key out to give it back its earlier value"],
  ["a\nb", lines],
  ["a\r", lines],
  ["a\0", lines],
  [" a", ends],
  ["a\t", ends],
  ["null", word],
  ["NULL", word],
])("the value %j", (value, expected) => {
  expect(reasonsFor({ "gateway.timeout": value })).toEqual(expected === null ? [] : [`keys["gateway.timeout"] ${expected}`]);
});

test("a value is as long as tsm takes it", () => {
  expect(reasonsFor({ a: "x".repeat(longestKeyValue) })).toEqual([]);
  expect(reasonsFor({ a: "x".repeat(longestKeyValue + 1) })).toEqual([`keys["a"] expected at most ${String(longestKeyValue)} characters`]);
});

test("little of a long name is repeated, and nothing of a value", () => {
  expect(reasonsFor({ [` ${"k".repeat(300)}`]: "secret" })).toEqual([`keys[" ${"k".repeat(199)}"] ${noName}`]);
});

test("what is no object is told as what it is not", () => {
  const expected = "keys expected an object with a text for the name of each key";
  for (const value of ["a", 5, ["a"]]) expect(reasonsFor(value)).toEqual([expected]);
});

test("texts are kept, in a program and in state; there nothing is asked of them", () => {
  const keys = { a: "b", "c d": "", e: null, f: 5, g: unknownValue };
  const kept = { a: "b", "c d": "", g: unknownValue };
  const failures = new Failures();
  expect(check(table, { keys }, failures)).toEqual({ keys: kept });
  expect(failures.list.map(({ property }) => property)).toEqual(['keys["c d"]', 'keys["f"]']);
  expect(parse(table, { keys })).toEqual({ keys: kept });
  expect(parse(table, { keys: 5 })).toEqual({});
});
