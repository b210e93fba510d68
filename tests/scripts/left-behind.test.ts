import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const leftBehindModule = resolve(__dirname, "../../scripts/left-behind.mjs");

test("a program that a test run leaves running is named by its command line", () => {
  const program = `
    import { spawn } from "node:child_process";
    import { leftBehind, markedEnvironment } from ${JSON.stringify(leftBehindModule)};
    const env = markedEnvironment();
    const start = (seconds) => spawn("sleep", [seconds], { env, detached: true, stdio: "ignore" });
    const ended = start("0.1");
    await new Promise((resolve) => ended.on("close", resolve));
    const left = start("4711");
    const found = await leftBehind(env, 0);
    left.kill();
    await new Promise((resolve) => left.on("close", resolve));
    console.log(JSON.stringify([found, await leftBehind(env, 0)]));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([[expect.stringMatching(/^\d+ sleep 4711$/)], []]);
});
