import { readManifest } from "../../provider/taco";
import { isWebDataConnector, readWebDataConnector } from "../../provider/taco/web-data-connector";

const base = "class='a' superclass='jdbc' plugin-version='1.2'";
const manifest = (attributes: string, inside = ""): string => `<connector-plugin ${attributes}>${inside}</connector-plugin>`;
const least = { pluginClass: "a", superclass: "jdbc", pluginVersion: "1.2", hasVendorInformation: false, hasDriverParts: false, files: [] };

test.each<[string, string, object]>([
  ["the least", manifest(base), least],
  ["a name and a release", manifest(`${base} name='N' min-version-tableau='2020.3'`), { ...least, name: "N", minVersionTableau: "2020.3" }],
  ["white space in a value", manifest("class='  a \n b ' superclass=' jdbc' plugin-version='1.2 '"), { ...least, pluginClass: "a b" }],
  ["vendor information without a company", manifest(base, "<vendor-information/>"), { ...least, hasVendorInformation: true }],
  [
    "a company behind another element",
    manifest(base, "<vendor-information><support-link name='x'/><company name='Acme'/></vendor-information>"),
    { ...least, hasVendorInformation: true, vendor: "Acme" },
  ],
  ["a company elsewhere", manifest(base, "<company name='Acme'/>"), least],
  ["a dialect", manifest(base, "<connection-fields/><dialect file='d.tdd'/>"), { ...least, hasDriverParts: true, files: ["d.tdd"] }],
  ["a resolver", manifest(base, "<connection-resolver/>"), { ...least, hasDriverParts: true }],
  ["a customization", manifest(base, "<connection-customization/>"), { ...least, hasDriverParts: true }],
  ["a file named twice", manifest(base, "<x file='a.xml'/><y file='b.xml'/><z file='a.xml'/>"), { ...least, files: ["a.xml", "b.xml"] }],
  ["no file of its own", manifest(base, "<oauth-config file='null_config'/>"), least],
  ["a file of that name elsewhere", manifest(base, "<dialects file='null_config'/>"), { ...least, files: ["null_config"] }],
  ["a file for it", manifest(base, "<oauth-config file='o.xml'/>"), { ...least, files: ["o.xml"] }],
])("a manifest with %s", (_name, xml, expected) => {
  expect(readManifest(xml)).toStrictEqual(expected);
});

test.each<[string, string, string]>([
  ["another root", "<plugin/>", "its root element is <plugin>, expected <connector-plugin>"],
  ["another root of a long name", `<${"p".repeat(70)}/>`, `its root element is <${"p".repeat(60)}>, expected`],
  ["nothing", "<connector-plugin/>", "attribute class of <connector-plugin> is missing; the attribute superclass of <connector-plugin> is missing; the attribute plugin-version of"],
  ["an empty class", manifest("class=' ' superclass='x' plugin-version='1'"), "the attribute class of <connector-plugin> is missing"],
  ["a version that is none", manifest("class='a' superclass='x' plugin-version='v1'"), 'plugin-version is "v1", expected a version'],
  ["a long one", manifest(`class='a' superclass='x' plugin-version='${"v".repeat(70)}'`), `plugin-version is "${"v".repeat(60)}", expected`],
  ["a release that is none", manifest(`${base} min-version-tableau='new'`), 'min-version-tableau is "new", expected a version'],
])("no manifest: %s", (_name, xml, message) => {
  expect(() => readManifest(xml)).toThrow(message);
}); // prettier-ignore

test("an empty release counts as none", () => {
  expect(readManifest(manifest(`${base} min-version-tableau=''`)).minVersionTableau).toBe("");
});

const json = (more: object): string => JSON.stringify({ name: "a", version: "1.2", ...more });
const web = {
  pluginClass: "a",
  superclass: "",
  pluginVersion: "1.2",
  name: "a",
  hasVendorInformation: false,
  hasDriverParts: false,
  files: [],
};

test.each<[string, string, object]>([
  ["the least", json({}), web],
  ["a release", json({ "tableau-version": { min: "2023.1" } }), { ...web, minVersionTableau: "2023.1" }],
  ["a release that is none", json({ "tableau-version": { min: "new" } }), web],
  ["a release that is no text", json({ "tableau-version": "2023.1" }), web],
  ["a vendor", json({ vendor: { name: "Acme" } }), { ...web, vendor: "Acme", hasVendorInformation: true }],
  ["a vendor without a name", json({ vendor: { name: "" } }), web],
  ["a vendor that is none", json({ vendor: null }), web],
])("a connector.json with %s", (_name, text, expected) => {
  expect(readWebDataConnector(text)).toStrictEqual(expected);
});

test.each<[string, string]>([
  ["null", "null"],
  ["a text", '"a"'],
  ["no name", '{"version":"1"}'],
  ["an empty name", '{"name":"","version":"1"}'],
  ["a name that is a number", '{"name":1,"version":"1"}'],
  ["no version", '{"name":"a"}'],
  ["a version that is none", '{"name":"a","version":"v1"}'],
])("no connector.json: %s", (_name, text) => {
  expect(() => readWebDataConnector(text)).toThrow("it has no name, or no version such as 1.2");
});

test.each<[string, string, readonly string[], boolean]>([
  ["the file of the toolkit", "x", ["a", "connector.json"], true],
  ["a page", "x", ["a", "index.HTML"], true],
  ["a page of an old name", "x", ["index.htm"], true],
  ["a name that only has it inside", "x", ["a.html.txt"], false],
  ["a name without a dot", "x", ["ahtml"], false],
  ["a superclass of the web", "my_WDC", [], true],
  ["another", "eps", [], true],
  ["another, in words", "web data", [], true],
  ["another, in words that are joined", "webdata", [], true],
  ["nothing of it", "x", ["a.txt"], false],
  ["ODBC, whatever it holds", "ODBC", ["connector.json"], false],
  ["JDBC, whatever it holds", "jdbc", ["index.html"], false],
])("of the web by %s: %s", (_name, superclass, names, expected) => {
  expect(isWebDataConnector({ ...least, superclass }, names)).toBe(expected);
});

test("what has parts of a driver is not of the web", () => {
  expect(isWebDataConnector({ ...least, superclass: "wdc", hasDriverParts: true }, ["connector.json"])).toBe(false);
});
