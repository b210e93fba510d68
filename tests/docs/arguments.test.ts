import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { certificate } from "../../provider/schema/certificate";
import { config } from "../../provider/schema/config";
import { connector } from "../../provider/schema/connector";
import { deployment } from "../../provider/schema/deployment";
import { desktopConnector } from "../../provider/schema/desktop-connector";
import { desktopLauncher } from "../../provider/schema/desktop-launcher";
import { driver } from "../../provider/schema/driver";
import { type Fields, sentencesOf, type Kind } from "../../provider/schema/field";
import { argumentsPage } from "../../scripts/arguments-page";

const root = join(__dirname, "../..");

test("docs/arguments.md is what the tables say: else run `npm run docs:arguments`", () => {
  expect(readFileSync(join(root, "docs/arguments.md"), "utf8")).toBe(argumentsPage());
});

/** Names of interfaces and classes to the comments of their properties, those that they inherit included. */
const comments = new Map<string, Map<string, string>>();
const ours = [
  ...readdirSync(join(root, "provider/resources")).map((file) => `provider/resources/${file}`),
  "provider/lifecycle/package/signature-summary.ts",
  "provider/plan/record/record.ts",
];
const bases = new Map<string, readonly string[]>();
for (const file of ours) {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2022, true);
  source.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return;
    const name = node.name?.text ?? "";
    bases.set(name, node.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression.getText())) ?? []);
    const members = [...node.members].filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member));
    comments.set(name, new Map(members.map((member) => [member.name.getText(), commentOf(member)])));
  });
}

function commentOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  const text = comment?.getText().replace(/^\/\*\*|\*\/$/g, "") ?? "";
  const lines = text.replace(/^\s*\* ?/gm, "").replace(/\s+/g, " ");
  return lines.replace(/\{@link (\w+)\}/g, "`$1`").trim();
}

function commentsOf(name: string): ReadonlyMap<string, string> {
  const inherited = (bases.get(name) ?? []).flatMap((base) => [...commentsOf(base)]);
  return new Map([...inherited, ...(comments.get(name) ?? [])]);
}

/** Every table that has an interface or a class of ours, by its name. */
const tables = new Map<string, Fields>();
for (const one of [connector, driver, certificate, config, desktopConnector, desktopLauncher, deployment]) {
  const outputs: Fields = "computed" in one ? { ...one.computed, ...one.outputs } : one.outputs;
  add(`${one.name}Args`, one.arguments);
  add(one.name, outputs);
}

function add(name: string, fields: Fields): void {
  tables.set(name, fields);
  for (const { kind } of Object.values(fields)) {
    const inner = innermost(kind);
    if (inner.is === "object" && !tables.has(inner.name)) add(inner.name, inner.fields);
  }
}

function innermost(kind: Kind): Kind {
  return "of" in kind ? innermost(kind.of) : kind;
}

const named = [...tables].filter(([name]) => comments.has(name));

test("every table of arguments has an interface of ours, but for those of @pulumi/command", () => {
  expect([...tables.keys()].filter((name) => !comments.has(name))).toEqual(["NodeConnectionArgs", "ProxyConnectionArgs"]);
});

test.each(named)("%s: its comments say what the table says, and neither has what the other lacks", (name, fields) => {
  const shown = Object.entries(fields).filter(([, { hidden }]) => hidden !== true);
  const said = new Map(commentsOf(name));
  // A component holds its resources, which are no outputs.
  if (name === deployment.name) for (const held of ["connectors", "config"]) said.delete(held);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(shown.map(([property, one]) => [property, sentencesOf(one)])));
});

test("whatever has a page that says more has it", () => {
  const missing = [...tables.values()]
    .flatMap((fields) => Object.values(fields).flatMap(({ see }) => see ?? []))
    .filter((see) => !hasHeading(...(see.split("#") as [string, string?])));
  expect(missing).toEqual([]);
});

function hasHeading(page: string, anchor?: string): boolean {
  const headings = [...readFileSync(join(root, page), "utf8").matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replace(/ /g, "-"),
  );
  return anchor === undefined || headings.includes(anchor);
}
