import { spawnSync } from "node:child_process";
import { join } from "node:path";

const provider = join(__dirname, "../../dist/provider.js");

test("the start of the provider process loads one file, and no dependency", () => {
  const script = `require(${JSON.stringify(provider)}); process.stdout.write(JSON.stringify(Object.keys(require.cache))); process.exit();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--eval", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([provider]);
});
