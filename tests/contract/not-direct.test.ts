import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lane, runProgram } from "./support";

/** Where this package and the SDK really are, as in pnpm's store. */
const ownFolder = dirname(realpathSync(require.resolve("pulumi-tableau/package.json", { paths: [lane] })));
const sdk = dirname(realpathSync(require.resolve("@pulumi/pulumi/package.json", { paths: [lane] })));

const server = `{ name: "prod", nodes: [{ name: "node1" }] }`;
const makers: Readonly<Record<string, string>> = {
  TableauConnector: `new TableauConnector("x", { server: ${server}, source: "a.taco" })`,
  TableauServerPluginsConfig: `new TableauServerPluginsConfig("x", { server: ${server}, connectors: [] })`,
  TableauDriver: `new TableauDriver("x", { server: ${server}, source: "a.jar" })`,
  TableauDesktopConnector: `new TableauDesktopConnector("x", { machine: { name: "m" }, source: "a.taco" })`,
  TableauDesktopLauncher: `new TableauDesktopLauncher("x", { machine: { name: "m" }, path: "/x", executable: "/y" })`,
  ConnectorDeployment: `new ConnectorDeployment("x", { server: ${server}, connectors: {} })`,
};

/** By name: makes the layout, and gives the folder of the program. The package `platform` hands out what pulumi-tableau exports. */
const layouts: Readonly<Record<string, (root: string) => string>> = {
  "npm, nested below the package that uses it": (root) => {
    write(join(root, "node_modules/platform/index.js"), platform);
    link(ownFolder, join(root, "node_modules/platform/node_modules/pulumi-tableau"));
    link(sdk, join(root, "node_modules/@pulumi/pulumi"));
    return root;
  },
  "pnpm, with links into its store": (root) => {
    const store = join(root, "node_modules/.pnpm");
    write(join(store, "platform@1.0.0/node_modules/platform/index.js"), platform);
    link(ownFolder, join(store, "platform@1.0.0/node_modules/pulumi-tableau"));
    link(ownFolder, join(store, "node_modules/pulumi-tableau"));
    link(join(store, "platform@1.0.0/node_modules/platform"), join(root, "node_modules/platform"));
    link(sdk, join(root, "node_modules/@pulumi/pulumi"));
    return root;
  },
  "a workspace, where only the package that uses it has it": (root) => {
    write(join(root, "packages/platform/index.js"), platform);
    link(ownFolder, join(root, "packages/platform/node_modules/pulumi-tableau"));
    link(join(root, "packages/platform"), join(root, "packages/app/node_modules/platform"));
    link(sdk, join(root, "packages/app/node_modules/@pulumi/pulumi"));
    return join(root, "packages/app");
  },
};
const platform = `module.exports = require("pulumi-tableau");`;

let root: string;
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), "layout-")))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "dir");
}

function program(folder: string, text: string): string {
  const names = Object.keys(makers).join(", ");
  write(join(folder, "program.js"), `const { ${names} } = require("platform");\n${text}\n`);
  return "program.js";
}

describe.each(Object.keys(layouts))("%s", (layout) => {
  test("every resource says what to install, with its code, before anything is registered; where nobody catches it, once", async () => {
    const folder = layouts[layout]?.(root) ?? "";
    const all = Object.entries(makers).map(
      ([name, maker]) => `try { ${maker}; console.log("made ${name}"); } catch ({ code }) { console.log(code + " ${name}"); }`,
    );
    const text = [...all, makers["ConnectorDeployment"]].join("\n");
    const { code, lines, registered, printed } = await runProgram(folder, program(folder, text));
    const errors = lines.filter(({ severity }) => severity === "error").map(({ message }) => message);
    expect([code, errors, printed]).toEqual([32, [expect.stringContaining(`cannot be loaded from ${folder}`)], printed]);
    expect(errors[0]).toMatch(/`npm install pulumi-tableau` \(or `pnpm add`, `yarn add`\) in that folder\. \(package-not-direct\)$/);
    expect(errors[0]).not.toMatch(/\n {4}at |Cannot find module/);
    expect(registered.filter((type) => type !== "tableau:index:ConnectorDeployment")).toEqual([]);
    const said = printed.split("\n").filter((line) => /^(?:made|package-not-direct) /.test(line));
    expect(said).toEqual(Object.keys(makers).map((name) => `package-not-direct ${name}`));
  });

  test("beside it, in the program's own folder, it works", async () => {
    const folder = layouts[layout]?.(root) ?? "";
    link(ownFolder, join(folder, "node_modules/pulumi-tableau"));
    const elsewhere = `process.chdir("/");`;
    const { code, registered } = await runProgram(folder, program(folder, `${elsewhere}\n${makers["TableauServerPluginsConfig"] ?? ""}`));
    expect([code, registered]).toEqual([0, ["pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig"]]);
  });
});
