import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Ended, repository } from "../support";
import { optionsIn, readBareOptions, readCalls, readCommands, readUsage, type OptionsOf } from "./read-options";
import { runs, type Run } from "./runs";
import { User } from "./user";

// A whole story of many operations of the engine; a busy machine takes its time.
jest.setTimeout(600_000);

/** Options of `pulumi` and of other programs that our pages name by themselves. */
const foreignOptions = [
  "--refresh",
  "--expect-no-changes",
  "--request-timeout",
  "--force-keys",
  "--debug",
  "--event-log",
  "--show-secrets",
  "--path",
  "--diff",
  "--json",
];
/** Options of this repository's scripts. */
const scripts = readdirSync(join(repository, "scripts"), { recursive: true, encoding: "utf8" }).map((path) => join("scripts", path));
const ownOptions = [...scripts, "benchmarks/main.ts"]
  .filter((path) => /\.(mjs|ts)$/.test(path))
  .map((path) => readFileSync(join(repository, path), "utf8"))
  .flatMap((text) => [...optionsIn(text), ...[...text.matchAll(/\b([a-z]+): \{ type: "/g)].map(([, name]) => `--${name ?? ""}`)]);

const pages = [
  ...markdownOf("."),
  ...markdownOf("docs"),
  ...readdirSync(join(repository, "examples")).flatMap((name) => markdownOf(`examples/${name}`)),
];

describe("the packed command line, against a real stack and a running cluster", () => {
  const user = new User();
  const values: Record<string, string> = { node: dirname(process.execPath) };
  afterAll(() => {
    user.project.remove();
  });

  test.each(runs.map((run, number): [string, Run, number] => [nameOf(run), run, number]))("%s", async (_name, run, number) => {
    const ended = await perform(run);
    const told = JSON.stringify(ended);
    expect([number, ended.status, ended]).toEqual([number, run.status ?? 0, ended]);
    if (run.out !== undefined) expect(ended.out).toMatch(run.out);
    if (run.json !== undefined) {
      const [got, wanted] = run.json(JSON.parse(ended.out) as never) as [unknown, unknown];
      expect(got).toEqual(wanted);
    }
    expect(ended.err).toMatch(run.err ?? /^/);
    // No raw error, and no secret but in what `simulate start` is for.
    expect(told).not.toMatch(/\\n {4}at |ENOENT|Error:/);
    if (!run.call.startsWith("simulate start")) expect(told).not.toMatch(/PRIVATE KEY|tableau-admin|correct horse/);
  });

  async function perform({ before, call, input, folder, environment, into }: Run): Promise<Ended> {
    await before?.(user);
    const fill = (text: string): string =>
      text.replace(/\{(file:)?([^}]+)\}/g, (_all, isFile, name: string) => (isFile === undefined ? (values[name] ?? "") : user.read(name)));
    const ended = await user.run(
      call
        .split(" ")
        .filter((word) => word !== "")
        .map(fill),
      {
        ...(input === undefined ? {} : { input: fill(input) }),
        ...(folder === undefined ? {} : { folder }),
        environment: Object.fromEntries(Object.entries(environment ?? {}).map(([name, value]) => [name, fill(value)])),
      },
    );
    if (into !== undefined) writeFileSync(join(user.project.directory, into), ended.out);
    if (into === "history.json") values["old"] = digestOf(ended.out, "1.0.0");
    return ended;
  }

  describe("is whole:", () => {
    let known: OptionsOf[];
    beforeAll(async () => {
      const commands = readCommands((await user.run(["--help"])).out);
      const helps = await Promise.all(commands.map(async (command) => [command, (await user.run([command, "--help"])).out] as const));
      known = helps.flatMap(([command, help]) => readUsage(command, help));
    });

    test("every command that --help lists, and each of its options, has a run above that ends well", () => {
      const ran = runs.filter(({ status = 0 }) => status === 0).map(({ call }) => call);
      const missing = known.flatMap(({ command, options }) => {
        const calls = ran.filter((call) => call.startsWith(command));
        if (calls.length === 0) return [command];
        return options.filter((option) => !calls.some((call) => optionsIn(call).includes(option))).map((option) => `${command} ${option}`);
      });
      expect(missing).toEqual([]);
      expect(known.map(({ command }) => command)).toEqual(expect.arrayContaining(["doctor", "simulate start", "trust export", "verify"]));
    });

    test.each(pages)("%s names no command and no option that does not exist", (page) => {
      const text = readFileSync(join(repository, page), "utf8");
      const wrong = readCalls(text).flatMap(({ command, options }) => {
        const found = known.filter((one) => command.startsWith(one.command) || one.command.startsWith(`${command} `));
        if (found.length === 0) return [command];
        return options
          .filter((option) => !["--help", ...found.flatMap((one) => one.options)].includes(option))
          .map((option) => `${command} ${option}`);
      });
      const all = [...foreignOptions, ...ownOptions, ...known.flatMap(({ options }) => options)];
      expect([...wrong, ...readBareOptions(text).filter((option) => !all.includes(option))]).toEqual([]);
    });
  });
});

function markdownOf(folder: string): string[] {
  return readdirSync(join(repository, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
}

function nameOf({ call, environment = {}, folder }: Run): string {
  const where = [
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...(folder === undefined ? [] : [`in ${folder}`]),
  ];
  return `pulumi-tableau ${call}${where.length === 0 ? "" : ` (${where.join(", ")})`}`;
}

function digestOf(history: string, version: string): string {
  const { packages } = JSON.parse(history) as { packages: readonly { readonly sha256: string; readonly pluginVersion: string }[] };
  return packages.find(({ pluginVersion }) => pluginVersion === version)?.sha256.slice(0, 12) ?? "not found";
}
