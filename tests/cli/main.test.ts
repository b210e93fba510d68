import { readFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../provider/cli/main";

async function run(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const status = await main(args, { out: (text) => void (out += text), err: (text) => void (err += text) });
  return { status, out, err };
}

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };
  expect(await run("--version")).toEqual({ status: 0, out: `${version}\n`, err: "" });
});

test.each(["--help", "-h", "help"])("%s lists every command", async (name) => {
  const { status, out } = await run(name);
  expect(status).toBe(0);
  for (const command of ["verify", "inspect", "trust", "doctor", "history", "restore", "retry", "simulate"]) {
    expect(out).toContain(`  ${command} `);
  }
});

test("a command that does not exist is refused with the list of those that do", async () => {
  const { status, out, err } = await run("depoly");
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(err).toMatch(/There is no command "depoly"[\s\S]+verify /);
});
