import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildModules } from "./support/build-modules";
import { missingPrograms } from "./support/missing-programs";
import { Wine } from "./support/wine";

const { PULUMI_TABLEAU_WINDOWS_NODE: program = "" } = process.env;
const missing = [...missingPrograms(), ...(existsSync(program) ? [] : ["node.exe"])];
const why = missing.length === 0 ? "" : ` (skipped: there is no ${missing.join(", no ")})`;

interface Seen {
  readonly platform: string;
  readonly records: readonly (readonly [string, ...string[]])[];
  readonly status: number;
}

(missing.length === 0 ? describe : describe.skip)(`this machine as a node, under Node for Windows${why}`, () => {
  let wine: Wine;
  let built: string;
  beforeAll(() => {
    built = buildModules();
    wine = new Wine();
    // As wine 8 comes it is a Windows 7, on which Node does not run.
    wine.run("winecfg", ["-v", "win10"]);
  });
  afterAll(() => wine.stop());

  const run = (name: string): unknown => {
    const work = mkdtempSync(join(wine.folder, "work-"));
    const script = join(__dirname, "programs", name);
    const printed = wine.run(
      program,
      [script, built, work].map((path) => wine.windowsPath(path)),
    );
    return JSON.parse(printed.toString());
  };

  test("packages are delivered, switched and retired", () => {
    const seen = run("deploy.cjs") as { readonly expected: readonly string[] };
    expect(seen).toEqual({
      delivered: [true, false, true],
      names: [["a_jdbc.taco"], ["a_jdbc.taco"], []],
      contents: "package 1.1.0",
      store: seen.expected,
      expected: seen.expected,
    });
  }, 300_000);

  test("folders of connectors under development are delivered, switched and retired", () => {
    const seen = run("deploy-folder.cjs") as { readonly expected: readonly string[] };
    expect(seen).toEqual({
      delivered: [true, false, true],
      names: [["my connector"], ["my connector"], []],
      contents: { "manifest.xml": 20, "deep/er/ä 50% & more.js": 5, "deep/none": 0 },
      store: seen.expected,
      expected: seen.expected,
    });
  }, 300_000);

  test("files, digests and lines of cmd.exe", () => {
    const seen = run("local-part.cjs") as Seen;
    expect(seen).toMatchObject({ platform: "win32", status: 0 });
    const sha256 = createHash("sha256").update("second").digest("hex");
    expect(seen.records).toEqual([
      ["environment", "Windows_NT", expect.stringMatching(/./)],
      // Replaced under another case, the file keeps its one name.
      ["names", "file Sample.taco 6"],
      ["digests", sha256, "null"],
      // That a second holder is turned away only real Windows shows: the cmd.exe of wine 8 lets two write to one file.
      ["lock", "true"],
      // There is no PowerShell.
      ["processes", "false"],
      ["line", expect.stringMatching(/^a&b\r?\n$/), expect.stringMatching(/^to stderr \r?\n$/), "3"],
      ["removed", "null", "number"],
    ]);
  }, 300_000);
});

// They load modules by their paths, which nothing else checks where there is no wine.
test.each(["deploy.cjs", "deploy-folder.cjs", "local-part.cjs"])(
  "%s runs to its end on this machine too",
  (name) => {
    const work = mkdtempSync(join(tmpdir(), "local-part-"));
    try {
      const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "programs", name), buildModules(), work], {
        encoding: "utf8",
      });
      expect([stderr, JSON.parse(stdout)]).toEqual(["", expect.not.objectContaining({ failed: expect.anything() })]);
    } finally {
      rmSync(work, { recursive: true });
    }
  },
  300_000,
);
