import { Readable } from "node:stream";
import type { Call } from "../../../provider/tsm/call";
import * as command from "../../../provider/tsm/command";
import { onWindows } from "../../../provider/tsm/windows/run-calls";
import { denied, FakeMachine } from "./support/fake-machine";

const tsm = "D:/T/packages/bin.1/tsm.cmd";
const program = '"D:\\T\\packages\\bin.1\\tsm.cmd"';

interface Run {
  readonly path?: string;
  readonly input?: readonly string[];
  readonly answer?: FakeMachine["answer"];
  readonly variables?: Readonly<Record<string, string>>;
  readonly prepare?: (machine: FakeMachine) => void;
}

async function run(calls: readonly Call[], { path, input, answer = () => ({}), variables, prepare }: Run = {}) {
  const machine = new FakeMachine({ TABLEAU_SERVER_INSTALL_DIR: "D:\\T", COMPUTERNAME: "TAB1", USERPROFILE: "D:\\U", ...variables });
  machine.files.texts.set(tsm, "");
  machine.answer = answer;
  prepare?.(machine);
  const told: string[][] = [];
  const task = {
    machine,
    input: Readable.from((input ?? []).map((text) => Buffer.from(text))),
    emit: (...record: string[]) => void told.push(record),
  };
  await onWindows({ path: path ?? null, password: input === undefined ? "none" : "line", calls }, task);
  return { machine, told, lines: machine.lines.map(({ line }) => line) };
}

describe("tsm", () => {
  const found = async (setting: Run): Promise<unknown> => (await run([command.version()], setting)).told[0];

  test("is found in the package in use", async () => {
    expect(await found({})).toEqual(["program", "D:\\T\\packages\\bin.1\\tsm.cmd"]);
    const newer = (machine: FakeMachine): void => {
      machine.files.texts.set("D:/T/packages/bin.2/tsm.cmd", "").set("D:/T/packages/bin.3/other.cmd", "");
      machine.files.folders.add("D:/T/packages/bin.4/tsm.cmd");
    };
    expect(await found({ prepare: newer })).toEqual(["program", "D:\\T\\packages\\bin.2\\tsm.cmd"]);
  });

  test("is at the path that is given, and only there", async () => {
    const own = (machine: FakeMachine): void => void machine.files.texts.set("E:/own/tsm.cmd", "");
    expect(await found({ path: "E:/own/tsm.cmd", prepare: own })).toEqual(["program", "E:\\own\\tsm.cmd"]);
    expect(await found({ path: "E:/own/tsm.cmd" })).toEqual(["missing", "E:/own/tsm.cmd"]);
    const aFolder = (machine: FakeMachine): void => void machine.files.folders.add("E:/own/tsm.cmd");
    expect(await found({ path: "E:/own/tsm.cmd", prepare: aFolder })).toEqual(["missing", "E:/own/tsm.cmd"]);
  });

  test("is missing where no package has it, and nothing is run", async () => {
    const { told, lines } = await run([command.version()], { prepare: ({ files }) => files.texts.clear() });
    expect(told).toEqual([["missing", "D:/T/packages"]]);
    expect(lines).toEqual([]);
  });
});

describe("calls", () => {
  test("are run one after the other, and told with both streams and the status", async () => {
    const { told, machine } = await run([command.version(), command.listNodes()], {
      answer: (line) => ({ stdout: `of ${line.slice(program.length + 1)}\r\n\r\n`, stderr: "e \r\n", status: 3 }),
    });
    expect(machine.lines).toEqual([
      { line: `${program} version`, input: undefined },
      { line: `${program} topology list-nodes`, input: undefined },
    ]);
    expect(told.slice(1)).toEqual([
      ["stderr", "0", "e"],
      ["stdout", "0", "of version"],
      ["exit", "0", "3"],
      ["stderr", "1", "e"],
      ["stdout", "1", "of topology list-nodes"],
      ["exit", "1", "3"],
    ]);
  });

  test("of a job are told line by line as they come", async () => {
    const { told } = await run([command.restart(60)], { answer: () => ({ lines: ["a", "b"], stdout: "a\r\nb", stderr: "x" }) });
    expect(told.slice(1)).toEqual([
      ["line", "0", "a"],
      ["line", "0", "b"],
      ["exit", "0", "0"],
    ]);
  });

  test.each([
    ["TAB1", "https://TAB1:8850", {}],
    ["none", "https://localhost:8850", { prepare: nameless }],
  ])("name the server that they are run on: %s", async (_, server, named) => {
    const { lines } = await run([command.withAccount(command.version(), "admin")], named);
    expect(lines).toEqual([`${program} version -u admin -s ${server}`]);
  });

  test("get the line of the password, and no more of the input", async () => {
    const inputs = async (...input: readonly string[]): Promise<unknown> =>
      (await run([command.version(), command.status()], { input })).machine.lines.map((line) => line.input);
    expect(await inputs("pass", "word\n", "more\n")).toEqual(["password\n", "password\n"]);
    expect(await inputs("password")).toEqual(["password", "password"]);
    expect(await inputs()).toEqual(["", ""]);
  });
});

// Without the name of a computer in its environment.
function nameless(machine: FakeMachine): void {
  const environment = machine.environment.bind(machine);
  machine.environment = (name) => (name === "COMPUTERNAME" ? undefined : environment(name));
}

describe("the calls after one", () => {
  const count = async (first: Call, answer: ReturnType<FakeMachine["answer"]>): Promise<number> =>
    (await run([first, command.version()], { answer: (line) => (line.endsWith(" version") ? {} : answer) })).lines.length;
  const unreachable = "x\r\nCould not connect to server";

  test.each<[string, Call, ReturnType<FakeMachine["answer"]>, number]>([
    ["that only reads and fails are run", command.status(), { status: 1 }, 2],
    ["that changes something are run", command.discardPending(), {}, 2],
    ["that changes something and fails are not", command.discardPending(), { status: 1 }, 1],
    ["that does not reach the controller are not", command.status(), { stdout: unreachable }, 1],
    ["that does not reach it on standard error are not", command.status(), { stdout: " \r\n", stderr: unreachable }, 1],
    ["that fails and does not reach it on standard error are not", command.status(), { stdout: "x", stderr: unreachable, status: 1 }, 1],
    ["that has an answer beside it are run", command.status(), { stdout: "x", stderr: unreachable }, 2],
    ["that speaks of it in a line are run", command.status(), { stdout: "He Could not connect to server" }, 2],
    ["that is a job are run", { ...command.restart(1), onFailure: "go-on" }, { stdout: unreachable }, 2],
  ])("%s", async (_, first, answer, lines) => {
    expect(await count(first, answer)).toBe(lines);
  });

  test.each<[string, ReturnType<FakeMachine["answer"]>, number]>([
    ["surely shows none", { stdout: "There are no jobs.\r\n3 DeploymentsJob Succeeded\r\n", stderr: "x\r\ny" }, 2],
    ["shows one", { stdout: "3 DeploymentsJob Running\r\n" }, 1],
    ["shows one on standard error", { stdout: "There are no jobs.\r\n", stderr: "3 DeploymentsJob Running\r\n" }, 1],
    ["fails", { stdout: "There are no jobs.\r\n", status: 1 }, 1],
  ])("that lists jobs are run only where it shows none: it %s", async (_, answer, lines) => {
    expect(await count(command.listJobsFirst(), answer)).toBe(lines);
    const { told } = await run([command.listJobsFirst()], { answer: () => answer });
    expect(told.filter(([kind]) => kind === "busy")).toEqual(lines === 1 ? [["busy", "0"]] : []);
  });
});

describe("a call with a file", () => {
  const call = command.importKeys(new Map([["gateway.timeout", "hunter2"]]));
  const settings = (machine: FakeMachine): string[] => [...machine.files.texts.keys()].filter((path) => path.includes("keys."));

  test("names it, and the file goes with the call and after it", async () => {
    let during: string[] = [];
    const { machine, lines, told } = await run([call, command.version()], {
      prepare: (it) => {
        it.answer = () => {
          during = [...settings(it), ...during];
          return {};
        };
      },
    });
    const path = during[0]?.replaceAll("/", "\\") ?? "";
    expect(path).toMatch(/^D:\\U\\\.pulumi-tableau\\keys\./);
    expect(lines[0]).toBe(`${program} settings import -f ${path} --config-only --force-keys&&del /q "${path}"||(del /q "${path}"&exit 1)`);
    expect(lines[1]).toBe(`${program} version`);
    expect(settings(machine)).toEqual([]);
    expect(JSON.stringify([lines, told])).not.toContain("hunter2");
  });

  test("is not run where the file cannot be written", async () => {
    const { told, lines } = await run([call], { prepare: ({ files }) => files.refused.set("write", denied("x")) });
    expect(told.slice(1)).toEqual([["unwritten", "x: Permission denied"]]);
    expect(lines).toEqual([]);
  });

  test("is told where the file cannot be removed after it", async () => {
    const { told } = await run([call], { prepare: ({ files }) => files.refused.set("remove", denied("x")) });
    expect(told.at(-1)).toEqual(["exit", "0", "0"]);
  });

  test("whose line is lost has its file removed", async () => {
    const lost: FakeMachine["answer"] = () => {
      throw new Error("lost");
    };
    const machines: FakeMachine[] = [];
    const prepare = (machine: FakeMachine): void => {
      machines.push(machine);
      machine.answer = (line) => (line.includes("icacls") ? {} : lost(line));
    };
    await expect(run([call], { prepare })).rejects.toThrow("lost");
    expect(machines.flatMap(settings)).toEqual([]);
  });

  test("where its name stands in another call it is a word", async () => {
    expect((await run([command.setKey("x", "SETTINGS-FILE")])).lines[0]).toContain("-v SETTINGS-FILE ");
  });
});
