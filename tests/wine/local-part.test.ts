import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
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
  beforeAll(() => {
    wine = new Wine();
    // As wine 8 comes it is a Windows 7, on which Node does not run.
    wine.run("winecfg", ["-v", "win10"]);
  });
  afterAll(() => wine.stop());

  test("files, digests and lines of cmd.exe", () => {
    const work = join(wine.folder, "work");
    mkdirSync(work);
    const script = join(__dirname, "programs", "local-part.cjs");
    const built = join(__dirname, "..", "..", "dist", "provider");
    const printed = wine.run(
      program,
      [script, built, work].map((path) => wine.windowsPath(path)),
    );
    const seen = JSON.parse(printed.toString()) as Seen;
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
