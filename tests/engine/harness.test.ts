import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Project, type Stack, testEachWay } from "./support";

/** A provider with one file as its world: what it creates can be changed behind its back. */
const provider = `
  const { readFileSync, writeFileSync, rmSync } = require("node:fs");
  const write = (news) => { writeFileSync(news.path, news.text); return { ...news }; };
  exports.file = {
    check: async (olds, news) => ({ inputs: { ...news, length: String(news.text).length } }),
    diff: async () => ({ replaces: [] }),
    create: async (news) => {
      console.log("[here] writing");
      if (news.text === "slow") await new Promise((resolve) => setTimeout(resolve, 2000));
      return { id: news.path, outs: write(news) };
    },
    read: async (id, props) => {
      const text = readFileSync(id, "utf8");
      const seen = { path: id, text, length: text.length };
      return { id, props: { ...props, ...seen }, inputs: seen };
    },
    update: async (id, olds, news) => ({ outs: write(news) }),
    delete: async (id) => rmSync(id, { force: true }),
  };
`;

const program = (text: string): string => `
  import * as pulumi from "@pulumi/pulumi";
  class File extends pulumi.CustomResource {
    declare readonly length: pulumi.Output<number>;
    constructor(name: string, args: { path: string; text: string }) {
      const handler = 'exports.handler = () => require("module").createRequire(process.cwd() + "/_.js")("./provider.cjs").file;';
      super("pulumi-nodejs:dynamic/test:File", name, { ...args, length: undefined, __provider: handler });
    }
  }
  const stack = pulumi.getStack();
  export const length = new File("file", { path: process.cwd() + "/" + stack + ".txt", text: ${JSON.stringify(text)} }).length;
`;

describe("the real engine with a constant provider text", () => {
  let project: Project;
  let stack: Stack;
  const file = (): string => join(project.directory, "dev.txt");

  beforeAll(() => {
    project = new Project({ program: program("one") });
    project.write("provider.cjs", provider);
    stack = project.stack("dev");
  });

  afterAll(() => {
    project.remove();
  });

  test("preview knows what check computed and touches nothing", async () => {
    const { changes, steps } = await stack.preview();
    expect(changes).toEqual({ create: 2 });
    expect(steps).toMatchObject([{ op: "create", name: "file", newInputs: { text: "one", length: 3 } }]);
    expect(existsSync(file())).toBe(false);
  });

  test("up creates, and a second up has nothing to do", async () => {
    const first = await stack.up();
    expect(stack.outputs()).toEqual({ length: 3 });
    expect(first.output).toContain("[here] writing");
    expect(first.diagnostics.map(({ message }) => message.trim())).toContain("[here] writing");
    expect(readFileSync(file(), "utf8")).toBe("one");
    const second = await stack.up({ expectNoChanges: true });
    expect(second.changes).toEqual({ same: 2 });
    expect(stack.resources().find(({ id }) => id === file())?.inputs).toMatchObject({ text: "one" });
  });

  test("drift ends the gate with exit code 7 and is repaired", async () => {
    writeFileSync(file(), "tampered");
    const gate = await stack.preview({ refresh: true, expectNoChanges: true, exitCode: 7 });
    expect(gate.steps.find(({ op }) => op === "update")).toMatchObject({ detailedDiff: { text: "update", length: "update" } });
    await stack.refresh({ previewOnly: true, expectNoChanges: true, exitCode: 7 });
    await stack.up({ refresh: true });
    expect(readFileSync(file(), "utf8")).toBe("one");
  });

  test("a changed program is a changed module", async () => {
    project.write("index.ts", program("three"));
    await stack.up();
    expect(stack.outputs()).toEqual({ length: 5 });
  });

  test("two stacks go up at the same time", async () => {
    const other = project.stack("other");
    const [one, two] = await Promise.all([stack.up(), other.up()]);
    expect([one.changes, two.changes]).toEqual([{ same: 2 }, { create: 2 }]);
    await other.destroy();
  });

  test("an interrupted operation finishes what it does, and says so", async () => {
    project.write("index.ts", program("slow"));
    const slow = project.stack("slow");
    const running = slow.start("up", {
      exitCode: 1,
      onOutput: (text) => {
        if (text.includes("[here] writing")) running.interrupt();
      },
    });
    await running.result;
    expect(slow.resources().map(({ id }) => id)).toContain(join(project.directory, "slow.txt"));
    project.write("index.ts", program("three"));
    await slow.destroy();
  });

  testEachWay("a program gets its stack's config and gives its outputs", async (through) => {
    const other = new Project({
      program: `import { Config } from "@pulumi/pulumi"; export const answer = new Config().require("question");`,
    });
    const asked = other.stack("dev", { through, config: { question: { value: "why", secret: true } } });
    await asked.up();
    expect(asked.outputs()).toEqual({ answer: "why" });
    other.remove();
  });

  test("destroy removes what there was", async () => {
    await stack.destroy();
    expect(existsSync(file())).toBe(false);
    expect(stack.resources()).toEqual([]);
  });

  test("an error of the program ends with the engine's words", async () => {
    project.write("index.ts", `throw new Error("no such server");`);
    const { stdout } = await stack.preview({ exitCode: 1 });
    expect(stdout).toContain("no such server");
  });
});
