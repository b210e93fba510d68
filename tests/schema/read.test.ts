import { config } from "../../provider/schema/config";
import { connector } from "../../provider/schema/connector";
import { Failures } from "../../provider/schema/failures";
import { field, type Fields } from "../../provider/schema/field";
import { byName, list, number, object, orNull, text, whole } from "../../provider/schema/kinds";
import { machineArguments } from "../../provider/schema/machine";
import { check, ifKnown, parse } from "../../provider/schema/read";
import { unknownValue } from "../../provider/schema/unknown";

const server = { name: "prod", nodes: [{ name: "node1", host: "h1", port: 22, user: "ops", proxy: { host: "jump", user: "ops" } }] };

test("what is right is parsed, what is wrong is told by its path in the program", () => {
  const failures = new Failures();
  const given = {
    server: { ...server, nodes: [{ ...server.nodes[0], host: "a b", port: "22", proxy: {} }] },
    source: 1,
    sha256: unknownValue,
  };
  expect(check(connector.given, given, failures)).toEqual({
    server: { name: "prod", nodes: [{ name: "node1", host: "a b", user: "ops", proxy: {} }] },
    sha256: unknownValue,
  });
  expect(failures.list.map(({ property, reason }) => `${property}: ${reason}`)).toEqual([
    'server.nodes[0].connection.host: expected a host name or address, got "a b"',
    'server.nodes[0].connection.port: expected a whole number of at least 1, got "22"',
    "server.nodes[0].connection.proxy.host: is missing: expected a text",
    "source: expected a text, got 1",
  ]);
});

test("state that lacks what check always leaves there is an error with a code, not a crash", () => {
  expect(() => parse(connector.inputs, { server, source: "a.taco" })).toThrow(/sha256, fileName, .* missing/);
});

const says = "A.";

function checked(table: Fields, given: unknown, place = {}): readonly [unknown, ...string[]] {
  const failures = new Failures();
  const draft = check(table, given, failures, place);
  return [draft, ...failures.list.map(({ property, reason }) => `${property} ${reason}`)];
}

const odd = { says: "an odd number", reasons: (value: number) => (value % 2 === 1 ? [] : ["is even", "is not odd"]) };
const onWindows = { says: "b", reasons: (value: string, system: string) => [`${value} on ${system}`] };

test.each<[string, Fields, unknown, readonly [unknown, ...string[]]]>([
  ["nothing for an optional one", { a: field(text, { says }) }, {}, [{}]],
  ["nothing for a required one", { a: field(text, { says, need: "required" }) }, {}, [{}, "a is missing: expected a text"]],
  ["nothing for one with words of its own", { a: field(text, { says, need: "required", missing: "say it" }) }, {}, [{}, "a say it"]],
  ["nothing at all", { a: field(text, { says, need: "required" }) }, null, [{}, "a is missing: expected a text"]],
  ["a text for everything, whose letters are no arguments", { 0: field(text, { says }) }, "a", [{}]],
  ["what is made by us", { a: field(text, { says, need: "computed" }), b: field(text, { says, need: "output" }) }, { a: "x", b: "x" }, [{}]],
  ["what is hidden", { a: field(text, { says, hidden: true }) }, { a: 5 }, [{}]],
  ["a default, which is no part of it", { a: field(number, { says, default: 5 }) }, {}, [{}]],
  ["a value that breaks a rule twice", { a: field(number, { says, rules: [odd] }) }, { a: 2 }, [{ a: 2 }, "a is even", "a is not odd"]],
  ["a value that breaks none", { a: field(number, { says, rules: [odd] }) }, { a: 1 }, [{ a: 1 }]],
  ["a wrong value, of which no rule is asked", { a: field(number, { says, rules: [odd] }) }, { a: "2" }, [{}, 'a expected a number, got "2"']],
  ["a secret that is wrong", { a: field(number, { says, secret: true }) }, { a: "2" }, [{}, "a expected a number"]],
  ["one without the one beside it", { a: field(text, { says, neededWith: "b" }), b: field(text, { says }) }, {}, [{}]],
  ["one beside another", { a: field(text, { says, neededWith: "b" }), b: field(text, { says }) }, { b: "x" }, [{ b: "x" }, "a is missing: expected a text"]],
  ["both", { a: field(text, { says, neededWith: "b" }), b: field(text, { says }) }, { a: "y", b: "x" }, [{ a: "y", b: "x" }]],
  ["one below an object of the program", { a: field(text, { says, need: "required", path: "c.a" }) }, {}, [{}, "c.a is missing: expected a text"]],
  ["null where it is a value", { a: field(orNull(text), { says, need: "required" }) }, { a: null }, [{ a: null }]],
  ["nothing where null is a value", { a: field(orNull(text), { says, need: "required" }) }, {}, [{}, "a is missing: expected a text"]],
])("a program gives %s", (_name, table, given, expected) => {
  expect(checked(table, given)).toStrictEqual(expected);
}); // prettier-ignore

test("a rule knows the system, and a failure the place of the whole", () => {
  const table = { a: field(text, { says, rules: [onWindows] }) };
  expect(checked(table, { a: "x" }, { at: "server", system: "windows" })).toEqual([{ a: "x" }, "server.a x on windows"]);
  expect(checked(table, { a: "x" })).toEqual([{ a: "x" }, "a x on linux"]);
});

function parsed(table: Fields, state: Readonly<Record<string, unknown>>): unknown {
  try {
    return parse(table, state);
  } catch (error) {
    return /read: (.*) missing/.exec(String(error))?.[1];
  }
}

const part = object("Part", { a: field(number, { says, need: "required" }), b: field(number, { says }) });

// A text: what is lost.
test.each<[string, Fields, Readonly<Record<string, unknown>>, unknown]>([
  ["an optional one of another kind", { a: field(text, { says }) }, { a: 5 }, {}],
  ["a required one of another kind", { a: field(text, { says, need: "required" }) }, { a: 5 }, "a"],
  ["one that check makes", { a: field(text, { says, need: "computed" }) }, { a: "x" }, { a: "x" }],
  ["one that check makes, and that is not there", { a: field(text, { says, need: "computed" }) }, {}, "a"],
  ["one that check makes, with a default", { a: field(text, { says, need: "computed", default: "d" }) }, {}, { a: "d" }],
  ["one of another kind, with a default", { a: field(text, { says, need: "computed", default: "d" }) }, { a: 5 }, { a: "d" }],
  ["an argument with a default", { a: field(text, { says, default: "d" }) }, {}, {}],
  ["one that an operation adds", { a: field(text, { says, need: "output" }) }, {}, {}],
  ["what is hidden", { a: field(text, { says, need: "output", hidden: true }) }, { a: "x" }, { a: "x" }],
  ["what breaks a rule by now", { a: field(number, { says, rules: [odd] }) }, { a: 2 }, { a: 2 }],
  ["what a preview did not know", { a: field(whole(1), { says }) }, { a: unknownValue }, {}],
  ["an argument that lost a part", { a: field(part, { says }) }, { a: { b: 1 } }, "a.a"],
  ["an argument that lost two", { a: field(list(part), { says }) }, { a: [{}, { a: 1 }, {}] }, "a[0].a, a[2].a"],
  ["an argument that lost what it need not have", { a: field(part, { says }) }, { a: { a: 1, b: "1" } }, { a: { a: 1 } }],
  ["an output that lost a part", { a: field(part, { says, need: "output" }) }, { a: { b: 1 } }, {}],
  ["a computed one that lost a part", { a: field(part, { says, need: "computed" }) }, { a: { b: 1 } }, "a"],
  ["one by its name", { a: field(byName(number), { says }) }, { a: { x: 1, y: "1" } }, { a: { x: 1 } }],
  ["null where it is a value", { a: field(orNull(text), { says, need: "output" }) }, { a: null }, { a: null }],
  ["null elsewhere", { a: field(text, { says, need: "output" }) }, { a: null }, {}],
  ["one without the one beside it", { a: field(text, { says, neededWith: "b" }), b: field(text, { says }) }, { b: "x" }, "a"],
])("state has %s", (_name, table, state, expected) => {
  expect(parsed(table, state)).toStrictEqual(expected);
}); // prettier-ignore

test("a draft is known where nothing of it is unknown, missing or wrong", () => {
  const table = { a: field(number, { says, need: "required" }), b: field(text, { says }) };
  expect(ifKnown(table, { a: 1, b: "x", c: 5 })).toStrictEqual({ a: 1, b: "x" });
  for (const draft of [{}, { a: "1" }, { a: 1, b: unknownValue }, { a: 1, c: unknownValue }, null, "a"]) {
    expect(ifKnown(table, draft)).toBeNull();
  }
});

test("a driver among the connectors is told where it belongs", () => {
  const driver = { fileName: "a.jar", sha256: "x" };
  const [, ...told] = checked({ connectors: config.arguments.connectors }, { connectors: [driver] });
  expect(told).toEqual([
    "connectors[0].sha256 expected 64 lower-case hexadecimal digits",
    'connectors[0].fileName "a.jar" is a driver: it belongs in `drivers`',
  ]);
  const missing = (one: unknown): readonly string[] =>
    checked({ connectors: config.arguments.connectors }, { connectors: [one] })
      .slice(1)
      .map(String);
  expect(missing({ fileName: "a.taco" })).toHaveLength(3);
  expect(missing({ fileName: 5 })[0]).toBe("connectors[0].fileName expected a text, got 5");
  expect(missing(5)).toEqual(["connectors[0] expected an object, got 5"]);
  const kept = { fileName: "a.jar", sha256: "x", pluginClass: "a", pluginVersion: "1" };
  expect(parse({ connectors: config.arguments.connectors }, { connectors: [kept] })).toEqual({ connectors: [kept] });
});

test.each([
  ["cloud", "Tableau Cloud takes no packages of yours"],
  ["server", "Tableau Server has resources of its own: ConnectorDeployment"],
  ["toString", 'expected one of "desktop", "prep", "bridge", got "toString"'],
  [5, 'expected one of "desktop", "prep", "bridge", got 5'],
  [["cloud"], 'expected one of "desktop", "prep", "bridge", got ["cloud"]'],
])("the product %j has an answer", (product, reason) => {
  const [draft, ...told] = checked({ product: machineArguments.product }, { product });
  expect(draft).toEqual({});
  expect(told).toEqual([expect.stringContaining(`product ${reason}`)]);
});

test("a product is one of three", () => {
  expect(checked({ product: machineArguments.product }, { product: "bridge" })).toEqual([{ product: "bridge" }]);
});
