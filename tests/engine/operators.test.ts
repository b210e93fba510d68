import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Project, type Stack } from "./support";

/** Tells which process it runs in, and leaves there whatever a program can leave in a process. */
const program = `
  import { part } from "./part";
  import * as wanted from "./wanted.json";
  const left = [process.env["LEFT"], Reflect.get(globalThis, "left"), process.listenerCount("left"), process.cwd() === __dirname];
  process.env["LEFT"] = "here";
  Reflect.set(globalThis, "left", "here");
  process.on("left", () => undefined);
  process.chdir("/");
  export const told = { part, wanted: wanted.text, left: left.map(String) };
  export const pid = process.pid;
`;

const nothing = ["undefined", "undefined", "0", "true"];

describe("the process that performs operations", () => {
  let project: Project;
  let stack: Stack;
  beforeAll(() => {
    project = new Project({ program });
    project.write("part.ts", `export const part: string = "first";`);
    project.write("wanted.json", JSON.stringify({ text: "first" }));
    stack = project.stack("dev");
  });
  afterAll(() => {
    project.remove();
  });

  const pidOf = (one: Stack): number => Number(one.outputs()["pid"]);
  const up = async (one: Stack): Promise<number> => {
    await one.up();
    return pidOf(one);
  };
  const goneFrom = async (pid: number): Promise<void> => {
    while (existsSync(`/proc/${String(pid)}/environ`)) await sleep(20);
  };

  test("a program in a process that has run others sees all that changed, and nothing that they left", async () => {
    const pid = await up(stack);
    expect(stack.outputs()).toEqual({ told: { part: "first", wanted: "first", left: nothing }, pid });
    project.write("part.ts", `export const part: string = "second";`);
    project.write("wanted.json", JSON.stringify({ text: "second" }));
    expect(await up(stack)).toBe(pid);
    expect(stack.outputs()).toEqual({ told: { part: "second", wanted: "second", left: nothing }, pid });
    project.write("index.ts", `${program}; export const more = "third";`);
    await stack.up();
    expect(stack.outputs()).toMatchObject({ more: "third", pid });
    expect(JSON.parse(stack.command("stack", "output", "--json"))).toEqual(stack.outputs());
    const { deployment } = JSON.parse(stack.command("stack", "export")) as { deployment: { resources: unknown } };
    expect(stack.resources()).toEqual(deployment.resources);
  });

  test("two at once have a process each; what one says is not the other's, and a late Ctrl-C reaches no other operation", async () => {
    project.write("index.ts", `${program}; import { getStack } from "@pulumi/pulumi"; console.log("said by " + getStack());`);
    const other = project.stack("other");
    const running = [stack.start("up"), other.start("up")] as const;
    const [one, two] = await Promise.all([running[0].result, running[1].result]);
    const pids = [stack, other].map(pidOf);
    expect(new Set(pids).size).toBe(2);
    expect([one, two].map(({ output }) => [output.includes("said by dev"), output.includes("said by other")])).toEqual([
      [true, false],
      [false, true],
    ]);
    const next = stack.start("up", {
      onOutput: () => {
        for (const ended of running) ended.interrupt();
      },
    });
    await next.result;
    expect(pids).toContain(pidOf(stack));
  });

  test("after an operation that failed comes a process of its own", async () => {
    const before = await up(stack);
    project.write("index.ts", `throw new Error("no such server");`);
    const { output } = await stack.up({ exitCode: 1 });
    expect(output).toContain("no such server");
    project.write("index.ts", program);
    const { output: next } = await stack.up();
    expect(next).not.toContain("no such server");
    expect(pidOf(stack)).not.toBe(before);
  });

  test("a process that ends between operations is told, with the next operation", async () => {
    const pid = await up(stack);
    process.kill(pid, "SIGKILL");
    await goneFrom(pid);
    expect(() => stack.up()).toThrow("ended with SIGKILL between operations");
    expect(await up(stack)).not.toBe(pid);
  });

  test("a project that is removed leaves no process", async () => {
    const removed = new Project({ program: `export const pid = process.pid;` });
    const pid = await up(removed.stack("dev"));
    removed.remove();
    await goneFrom(pid);
    expect(existsSync(removed.directory)).toBe(false);
  });
});
