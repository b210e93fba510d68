import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json")) as Readonly<Record<"homepage" | "bugs", string>> & {
  readonly repository: { url: string };
};
/** The one place: schema and packages are made of it, and everything else is compared with it here. */
const address = manifest.repository.url.replace(/^git\+https:\/\/|\.git$/g, "");

const folders = ["docs", "examples", "plugin", "sdk", "scripts", "tests/engine/plugin"];
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1)),
);

describe("the address of the repository", () => {
  test("is one: to move it, change package.json and run `npm run plugin-schema`, and this names the rest", () => {
    const spelled = /github\.com\/[\w.-]+\/pulumi-tableau\b/g;
    const others = [...files, "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].flatMap((path) =>
      (read(path).match(spelled) ?? []).filter((found) => found !== address).map((found) => `${path}: ${found}`),
    );
    expect(address).toMatch(/^github\.com\/[\w-]+\/pulumi-tableau$/);
    expect(others).toEqual([]);
  });

  test("stands where it has to", () => {
    expect(manifest.homepage).toBe(`https://${address}#readme`);
    expect(manifest.bugs).toBe(`https://${address}/issues`);
    expect(read("sdk/go/tableau/go.mod")).toMatch(new RegExp(`^module ${address}/sdk/go/tableau$`, "m"));
    expect(read("docs/_index.md")).toContain(`"${address}/sdk/go/tableau"`);
    const schema = JSON.parse(read("plugin/schema.json")) as { readonly language: { readonly go: { readonly importBasePath: string } } };
    expect(schema.language.go.importBasePath).toBe(`${address}/sdk/go/tableau`);
    expect(schema).toMatchObject({ repository: `https://${address}`, pluginDownloadURL: `github://api.${address}` });
  });
});
