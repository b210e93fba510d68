import type { AnswerLine, Host, Script } from "../../provider/host/host";
import { TableauError } from "../../provider/vocabulary/error";
import { Secret } from "../../provider/vocabulary/secret";
import type { CallAnswer } from "../../provider/tsm/call";
import * as command from "../../provider/tsm/command";
import { Runner, type RunOptions } from "../../provider/tsm/runner";
import type { TsmOptions } from "../../provider/tsm/tsm";
import { answeringHost } from "../host/support/answering-host";
import { FakeHost, inputText } from "./support/fake-host";

const options: TsmOptions = { requestTimeoutSeconds: 100, commandTimeoutSeconds: 10 };
const account = { username: "admin", password: new Secret("x") };
const times: RunOptions = { timeoutSeconds: 7 };
const calls = [command.status(), command.version()];
const file = command.importKeys(new Map([["gateway.timeout", "7"]]));
const fileText = '{"configKeys":{"gateway.timeout":"7"}}\n';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof TableauError ? [error.code, error.node] : error),
  );

test("the time is that of the script, and its node the host's", async () => {
  const host = new FakeHost(() => ({}));
  const runner = new Runner(host, options);
  await runner.run(calls, times);
  expect(host.scripts[0]).toMatchObject({ timeoutSeconds: 7, as: "login", name: "tsm" });
  expect(runner.node).toBe("node1");
});

describe("what is sent", () => {
  const sent = async (extra: Partial<TsmOptions>, asked = calls): Promise<Script | undefined> => {
    const host = new FakeHost(() => ({ stdout: "x" }));
    if (extra.path !== undefined) host.program = extra.path;
    await new Runner(host, { ...options, ...extra }).run(asked, times);
    return host.scripts[0];
  };
  const settingsOf = (script: Script | undefined): readonly string[] => script?.args.slice(0, 6) ?? [];

  test("is whether there is a password, a file, and a way to become root", async () => {
    expect(settingsOf(await sent({}))).toEqual(["", "none", "try", "", "", "none"]);
    expect(settingsOf(await sent({ privilege: "sudo" }))).toEqual(["", "none", "leave", "", "", "none"]);
    expect(settingsOf(await sent({ privilege: "none", path: "/t" }))).toEqual(["/t", "none", "try", "", "", "none"]);
    expect(settingsOf(await sent({ privilege: "sudo", ...account }))).toEqual(["", "line", "try", "", "", "none"]);
    expect(settingsOf(await sent({}, [command.status(), file]))).toEqual(["", "none", "try", "", "", "rest"]);
  });

  test("as input is the password, the file, or both", async () => {
    const input = async (extra: Partial<TsmOptions>, asked = calls): Promise<unknown> => {
      const script = await sent(extra, asked);
      return script === undefined ? "none" : inputText(script);
    };
    expect(await input({})).toBeUndefined();
    expect(await input(account)).toBe("x\n");
    expect(await input({}, [command.status(), file])).toBe(fileText);
    expect(await input(account, [file])).toBe(`x\n${fileText}`);
  });

  test("with a user name alone names it in each call", async () => {
    const host = new FakeHost(() => ({ stdout: "x" }));
    await new Runner(host, { ...options, username: "admin" }).run(calls, times);
    expect(host.commands).toEqual(["status -v -u admin -s https://HOSTNAME:8850", "version -u admin -s https://HOSTNAME:8850"]);
  });
});

describe("while calls run", () => {
  const busy: readonly AnswerLine[] = [
    ["program", "/t"],
    ["stdout", "0", "5 AbcJob Running"],
    ["exit", "0", "0"],
    ["line", "1", "10% - One."],
    ["line", "1", "20% - Two."],
    ["exit", "1", "0"],
    ["busy", "0"],
  ];
  const two = [command.listJobsFirst(), command.restart(60)];

  test("each line, each answer and a stop is told as it comes", async () => {
    const told: string[] = [];
    const answers: CallAnswer[] = [];
    await new Runner(answeringHost(busy), options).run(two, {
      ...times,
      onLine: (line) => told.push(line),
      onAnswer: (answer) => {
        told.push(answer.call.name);
        answers.push(answer);
      },
      onBusy: () => told.push("busy"),
    });
    expect(told).toEqual(["tsm jobs list", "10% - One.", "20% - Two.", "tsm restart --request-timeout 60", "busy"]);
    expect(answers.map(({ stdout }) => stdout)).toEqual(["5 AbcJob Running", "10% - One.\n20% - Two."]);
  });

  test("nobody need listen", async () => {
    expect(await new Runner(answeringHost(busy), options).run(two, times)).toHaveLength(2);
  });

  test("the end of a call is no answer where one before it has none", async () => {
    const answers: CallAnswer[] = [];
    const host = answeringHost([
      ["exit", "1", "0"],
      ["exit", "0", "0"],
    ]);
    await new Runner(host, options).run(two, { ...times, onAnswer: (answer) => answers.push(answer) });
    expect(answers.map(({ call }) => call)).toEqual([two[1]]);
  });
});

test.each<[AnswerLine, string]>([
  [["missing", "/opt"], "tsm-not-found"],
  [["printf-external"], "tsm-login-refused"],
  [["unwritten", "no room"], "tsm-command-failed"],
  [["program", "/t"], "tsm-answer-unreadable"],
])("%j is the error %s of the node", async (record, code) => {
  expect(await codeOf(new Runner(answeringHost([record]), options).run(calls, times))).toEqual([code, "node1"]);
});

describe("what the first script found", () => {
  test("is known to the next, which asks for no other user", async () => {
    const host = new FakeHost(() => ({ stdout: "x" }));
    const runner = new Runner(host, { ...options, privilege: "sudo" });
    await runner.run(calls, times);
    await runner.run(calls, times);
    expect(host.scripts[1]?.args.slice(0, 5)).toEqual(["/opt/tableau/tsm", "none", "try", "", "config\ndata\nversion\ninstall\n"]);
  });

  test("that is missing at a path that is given is not looked for again", async () => {
    const host = new FakeHost(() => ({}));
    expect(await codeOf(new Runner(host, { ...options, path: "/elsewhere" }).run(calls, times))).toEqual(["tsm-not-found", "node1"]);
    expect(host.scripts).toHaveLength(1);
  });
});

describe("a login that is needed", () => {
  const refusing = (extra: Partial<TsmOptions>, refused = "version") => {
    const host = new FakeHost(({ args, as }) =>
      args[0] === refused && as === "login" ? { stdout: "Not logged in", exit: 1 } : { stdout: "x" },
    );
    return { host, runner: new Runner(host, { ...options, ...extra }) };
  };

  test("is made as root from the refused call on", async () => {
    const { host, runner } = refusing({ privilege: "sudo" });
    const answers = await runner.run(calls, times);
    expect(answers.map(({ call, stdout }) => [call.name, stdout])).toEqual([
      ["tsm status -v", "x"],
      ["tsm version", "x"],
    ]);
    expect(host.scripts.map(({ as }) => as)).toEqual(["login", "privileged"]);
    await runner.run(calls, times);
    expect(host.scripts.at(-1)?.as).toBe("privileged");
  });

  test("without a way to become root is the answer", async () => {
    for (const extra of [{}, { privilege: "none" }] as const) {
      const { host, runner } = refusing(extra);
      expect((await runner.run(calls, times)).map(({ exit }) => exit)).toEqual([0, 1]);
      expect(host.scripts).toHaveLength(1);
    }
  });

  test("with a password is made once more as the same user", async () => {
    const { host, runner } = refusing({ ...account, privilege: "sudo" });
    await runner.run(calls, times);
    expect(host.scripts.map(({ as }) => as)).toEqual(["login", "login"]);
  });

  test("of a job is not made again: a second job would start", async () => {
    const { host, runner } = refusing({ privilege: "sudo" }, "restart");
    await runner.run([command.restart(60)], times);
    expect(host.scripts).toHaveLength(1);
  });

  test("as root is made once", async () => {
    const host = new FakeHost(() => ({ stdout: "Not logged in", exit: 1 }));
    const runner = new Runner(host, { ...options, privilege: "sudo" });
    await runner.run(calls, times);
    await runner.run(calls, times);
    expect(host.scripts.map(({ as }) => as)).toEqual(["login", "privileged", "privileged"]);
  });
});

describe("that calls come soon", () => {
  const prepared = (extra: Partial<TsmOptions>): unknown[] => {
    const told: unknown[] = [];
    const host: Host = { ...answeringHost([]), prepare: (...asked) => void told.push(asked) };
    new Runner(host, { ...options, ...extra }).prepare();
    return told;
  };

  test("is told to a host that starts ahead, but not with a password", () => {
    expect(prepared({})).toEqual([["login", 10]]);
    expect(prepared(account)).toEqual([]);
    expect(() => new Runner(answeringHost([]), options).prepare()).not.toThrow();
  });
});
