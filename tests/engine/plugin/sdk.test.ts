import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../support";

function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

test("the packages of other languages are current: `npm run plugin-schema` writes them", () => {
  const folder = mkdtempSync(join(tmpdir(), "sdk-"));
  try {
    const { status, stderr } = spawnSync(process.execPath, [join(repository, "scripts/sdk.mjs"), folder], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
    const { "go/tableau/go.mod": _module, "go/tableau/go.sum": _sums, ...committed } = filesIn(join(repository, "sdk"));
    expect(filesIn(folder)).toEqual(committed);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
