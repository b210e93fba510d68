import { foresee, restartOf, type Difference } from "../../../provider/plan/describe/foresee";
import type { ConfigView } from "../../../provider/plan/describe/config-view";
import { wantedLive } from "../../../provider/plan/compare/live";
import { connectors, nodesOf, view } from "../support/config-view";
import { connector } from "../support/servers";

const [a = "", b = ""] = connectors.map(({ sha256 }) => sha256);
const other = "0".repeat(64);
const driver = { fileName: "x.jar", sha256: "d".repeat(64) };
const live = (node2: Record<string, string>): Partial<ConfigView> => ({
  live: { node1: { "a_jdbc.taco": a, "b_jdbc.taco": b }, node2 },
});
const listing = (...listed: ConfigView["connectors"][number][]): Partial<ConfigView> => ({
  connectors: listed,
  live: wantedLive(["node1", "node2"], listed),
});
const next = connector("a_jdbc", "1.1.0");

/** Who made it differ, what it costs, and where words of a difference matter, a part of them. */
const told = (differences: readonly Difference[]): string[] => differences.map(({ by, restart }) => `${by} ${restart}`);

const drift = ["somebody yes"];
const harmless = ["somebody no"];
const change = ["program yes"];
const unsure = ["program perhaps"];

test.each<[string, Partial<ConfigView>, Partial<ConfigView>, string[], (string | RegExp)[]]>([
  ["nothing", {}, {}, [], []],
  ["a file is missing on one node", live({ "a_jdbc.taco": "absent", "b_jdbc.taco": b }), {}, drift, [/a_jdbc\.taco.*node2/]],
  ["a file is another on one node", live({ "a_jdbc.taco": other, "b_jdbc.taco": b }), {}, drift, [/00000000\b.*\(1\.0\.0\)/]],
  ["a file cannot be read", live({ "a_jdbc.taco": "unreadable", "b_jdbc.taco": b }), {}, drift, ["is unreadable"]],
  [
    "a file that differs in the folders of processes",
    live({ "a_jdbc.taco": `vizqlserver: absent; flowprocessor: ${a}`, "b_jdbc.taco": b }),
    {},
    drift,
    [`flowprocessor: ${a.slice(0, 8)},`],
  ],
  ["a mode", live({ "a_jdbc.taco": `${a} (mode 0664, owner root)`, "b_jdbc.taco": b }), {}, harmless, ["has mode 0664, owner root"]],
  ["a link", live({ "a_jdbc.taco": `${a} (a link)`, "b_jdbc.taco": b }), {}, harmless, ["is a link"]],
  [
    "a mode that hides it",
    live({ "a_jdbc.taco": `${a} (mode 0600, owner root: Tableau cannot read it)`, "b_jdbc.taco": b }),
    {},
    drift,
    ["Tableau cannot read it"],
  ],
  ["two drifts", live({ "a_jdbc.taco": "absent", "b_jdbc.taco": other }), {}, [...drift, ...drift], []],
  [
    "the same drift on two nodes",
    { live: wantedLive(["node1", "node2"], [{ ...connector("a_jdbc"), sha256: "absent" }, connector("b_jdbc", "2.0.0")]) },
    {},
    drift,
    ["node1 and node2"],
  ],
  ["a file that no list has", live({ "a_jdbc.taco": a, "b_jdbc.taco": b, "c.taco": other }), {}, drift, [/c\.taco.*node2/]],
  ["a new version", {}, listing(next, connector("b_jdbc", "2.0.0")), change, [/will load a_jdbc\.taco 1\.1\.0 on node1 and node2/]],
  [
    "a new version, of what has drifted meanwhile",
    live({ "a_jdbc.taco": other, "b_jdbc.taco": b }),
    listing(next, connector("b_jdbc", "2.0.0")),
    change,
    [],
  ],
  [
    "a new version that lies there already",
    { ...listing(...connectors), live: wantedLive(["node1", "node2"], [next, connector("b_jdbc", "2.0.0")]) },
    listing(next, connector("b_jdbc", "2.0.0")),
    [],
    [],
  ],
  [
    "two new ones are one sentence",
    {},
    listing(...connectors, connector("c_jdbc"), connector("d_jdbc")),
    change,
    [/c_jdbc\.taco 1\.0\.0 and d_jdbc/],
  ],
  ["one is dropped", {}, listing(...connectors.slice(1)), change, [/no longer.*a_jdbc\.taco on/]],
  ["one is dropped, another is new", {}, listing(connector("b_jdbc", "2.0.0"), connector("c_jdbc")), [...change, ...change], []],
  [
    "a driver is new",
    {},
    { drivers: [driver], live: wantedLive(["node1", "node2"], [...connectors, driver]) },
    change,
    ["the driver x.jar on"],
  ],
  [
    "a driver is missing",
    {
      drivers: [driver],
      live: {
        ...wantedLive(["node1", "node2"], [...connectors, driver]),
        node1: { ...wantedLive(["node1"], connectors)["node1"], "x.jar": "absent" },
      },
    },
    { drivers: [driver], live: wantedLive(["node1", "node2"], [...connectors, driver]) },
    drift,
    [/the driver x\.jar.*node1/],
  ],
  [
    "a driver is another",
    {
      drivers: [driver],
      live: {
        ...wantedLive(["node1", "node2"], [...connectors, driver]),
        node1: { ...wantedLive(["node1"], connectors)["node1"], "x.jar": other },
      },
    },
    { drivers: [driver], live: wantedLive(["node1", "node2"], [...connectors, driver]) },
    drift,
    [/x\.jar.*expected dddddddd$/],
  ],
  [
    "a node that joined",
    { nodes: nodesOf(["node1"]), live: wantedLive(["node1"], connectors) },
    {},
    change,
    [/a_jdbc\.taco 1\.0\.0 and b_jdbc\.taco 2\.0\.0 on node2\./],
  ],
  ["a node that left", { live: wantedLive(["node1", "node2", "node3"], connectors) }, {}, [], []],
])("files: %s", (_name, there, wanted, expected, words) => {
  const differences = foresee(view(there), view(wanted));
  expect(told(differences)).toEqual(expected);
  for (const word of words) {
    expect(differences.some(({ text }) => (typeof word === "string" ? text.includes(word) : word.test(text)))).toBe(true);
  }
  for (const { text } of differences) expect(text).not.toMatch(/\0|[0-9a-f]{64}/);
});

const signature = "disableVerifyConnectorPluginSignature";
const keys = (parts: Record<string, string>): Partial<ConfigView> => ({ keys: parts, givenKeys: {} });
test.each<[string, Partial<ConfigView>, Partial<ConfigView>, string[], RegExp[]]>([
  ["a key is new", {}, keys({ connectPluginsPath: "/c" }), change, [/not set.*"\/c"/]],
  ["a key changes", { keys: { connectPluginsPath: "/a" } }, keys({ connectPluginsPath: "/c" }), change, [/"\/a".*"\/c"/]],
  ["a key is the same", { keys: { connectPluginsPath: "/c/" } }, keys({ connectPluginsPath: "/c" }), [], []],
  ["a key says what nothing says", {}, keys({ [signature]: "false" }), [], []],
  [
    "a key is as given, and somebody changed it",
    { keys: { [signature]: "true" }, givenKeys: { [signature]: "false" } },
    keys({ [signature]: "False" }),
    drift,
    [/"true".*"False"/],
  ],
  ["a key that somebody unset", { keys: {}, givenKeys: { [signature]: "true" } }, keys({ [signature]: "true" }), drift, [/not set/]],
  [
    "a key that changes, and somebody changed it",
    { keys: { [signature]: "true" }, givenKeys: { [signature]: "true", connectPluginsPath: "/c" } },
    keys({ [signature]: "false" }),
    change,
    [],
  ],
  ["a key that nobody gives", { keys: { connectPluginsPath: "/a" } }, {}, [], []],
  ["a key goes back", { givenBack: [{ name: "k", now: "/a", then: { value: null } }] }, {}, change, [/"\/a".*not set/]],
  ["a key goes back to a value", { givenBack: [{ name: "k", now: null, then: { value: "/b" } }] }, {}, change, [/not set.*"\/b"/]],
  ["a key goes back to nobody knows what", { givenBack: [{ name: "k", now: "/a", then: "unknown" }] }, {}, unsure, []],
  ["triggers", { triggers: "1" }, { triggers: "2" }, change, []],
  ["triggers that are new", {}, { triggers: "2" }, change, []],
  ["triggers that stay", { triggers: "2" }, { triggers: "2" }, [], []],
  ["triggers that go", { triggers: "2" }, {}, [], []],
])("%s", (_name, there, wanted, expected, words) => {
  const differences = foresee(view(there), view(wanted));
  expect(told(differences)).toEqual(expected);
  for (const word of words) expect(differences[0]?.text).toMatch(word);
});

const none = { connectors: [], live: { node1: {}, node2: {} } };
const jars: Partial<ConfigView> = { drivers: [driver], live: wantedLive(["node1", "node2"], [...connectors, driver]) };
test.each<[string, Partial<ConfigView>, Partial<ConfigView>, string[]]>([
  ["the folder", {}, { directory: "/srv" }, change],
  ["the folder of nothing", none, { directory: "/srv", ...none }, unsure],
  ["the folder of what comes", none, { directory: "/srv" }, [...change, ...change]],
  ["the placement", {}, { placement: "path" }, unsure],
  ["both", {}, { placement: "path", directory: "/srv" }, change],
  ["the folder of drivers", jars, { ...jars, driversDirectory: "/jars" }, change],
  ["the folder of no driver", {}, { driversDirectory: "/jars" }, []],
  ["the folder of drivers that come", {}, { ...jars, driversDirectory: "/jars" }, [...change, ...change]],
  [
    "the address of a node",
    {},
    {
      nodes: [
        { name: "node1", address: "other:22" },
        { name: "node2", address: "node2:22" },
      ],
    },
    unsure,
  ],
  [
    "an address that is not known",
    {},
    {
      nodes: [
        { name: "node1", address: null },
        { name: "node2", address: "node2:22" },
      ],
    },
    unsure,
  ],
  [
    "an address that is not known before and after",
    { nodes: [{ name: "node1", address: null }, ...nodesOf(["node2"])] },
    { nodes: [{ name: "node1", address: null }, ...nodesOf(["node2"])] },
    unsure,
  ],
  ["the initial node", {}, { nodes: nodesOf(["node2", "node1"]) }, unsure],
  ["the first of no nodes", { nodes: [], live: wantedLive(["node1", "node2"], connectors) }, {}, unsure],
  ["no node is left", {}, { nodes: [] }, []],
  ["the state directory", {}, { stateDirectory: "/srv/state" }, unsure],
  ["the record", { record: "to be written" }, {}, harmless],
])("places: %s", (_name, there, wanted, expected) => {
  expect(told(foresee(view(there), view(wanted)))).toEqual(expected);
});

test("one node has an address, two have addresses", () => {
  const moved = (...names: string[]): string =>
    foresee(
      view(),
      view({ nodes: ["node1", "node2"].map((name) => ({ name, address: names.includes(name) ? "other" : `${name}:22` })) }),
    )[0]?.text ?? "";
  expect(moved("node2")).toMatch(/address of node2 changed; what it runs/);
  expect(moved("node1", "node2")).toMatch(/addresses of node1 and node2 changed; what they run /);
});

const belongs = { loaded: "belongs to the stack shop/other" };
test.each<[string, Partial<ConfigView>, Partial<ConfigView>, string[]]>([
  ["a restart is due", { loaded: "restart due since 2026" }, {}, drift],
  ["a change is due", { due: "one restart" }, {}, change],
  ["a change is due, and a restart", { due: "one restart", loaded: "restart due since 2026" }, {}, change],
  ["a run failed", { loaded: "not known: it failed" }, {}, unsure],
  ["it belongs to another", belongs, {}, []],
  ["it is taken over from another", belongs, { takesOver: true }, unsure],
  ["it is taken over from another, again", { ...belongs, takesOver: true }, { takesOver: true }, unsure],
  ["it is taken over from nobody knows whom", {}, { takesOver: true }, unsure],
  ["it was taken over", { takesOver: true }, { takesOver: true }, []],
  ["unlisted ones go", { unlisted: ["node1/old.taco"] }, { retiresUnlisted: true }, change],
  ["unlisted ones go, if there are any", {}, { retiresUnlisted: true }, unsure],
  ["unlisted ones go, as before", { retiresUnlisted: true }, { retiresUnlisted: true }, []],
  [
    "unlisted ones go, as before, and there is one",
    { retiresUnlisted: true, unlisted: ["node1/old.taco"] },
    { retiresUnlisted: true },
    change,
  ],
  ["unlisted ones stay", { unlisted: ["node1/old.taco"] }, {}, []],
  [
    "unlisted ones go, in another folder",
    { retiresUnlisted: true, unlisted: ["node1/old.taco"] },
    { retiresUnlisted: true, directory: "/srv" },
    [...change, ...unsure],
  ],
  [
    "unlisted ones go that are told by themselves",
    { ...live({ "a_jdbc.taco": a, "b_jdbc.taco": b, "c.taco": other }), retiresUnlisted: true, unlisted: ["node2/c.taco"] },
    { retiresUnlisted: true },
    drift,
  ],
  [
    "of two unlisted ones one is told by itself",
    { ...live({ "a_jdbc.taco": a, "b_jdbc.taco": b, "c.taco": other }), unlisted: ["node1/c.taco", "node2/c.taco"] },
    { retiresUnlisted: true },
    [...drift, ...change],
  ],
])("%s", (_name, there, wanted, expected) => {
  expect(told(foresee(view(there), view(wanted)))).toEqual(expected);
});

test.each<[Difference["restart"][], Difference["restart"]]>([
  [[], "no"],
  [["no", "no"], "no"],
  [["no", "perhaps"], "perhaps"],
  [["perhaps", "yes", "no"], "yes"],
])("%j together: %s", (restarts, expected) => {
  expect(restartOf(restarts.map((restart) => ({ by: "program", text: "", restart })))).toBe(expected);
});
