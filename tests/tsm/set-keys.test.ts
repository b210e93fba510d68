import { TableauError } from "../../provider/vocabulary/error";
import { connectPluginsPathKey as path, disableVerifyKey as flag } from "../../provider/vocabulary/keys";
import type { Call } from "../../provider/tsm/call";
import { status } from "../../provider/tsm/command";
import { setKeys } from "../../provider/tsm/set-keys";
import type { KeyChange } from "../../provider/tsm/tsm";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";

const change = (key: string, value: string | null): KeyChange => ({ key, value });

/** What a server that answers so came to, and the calls of each script. A call that it does not answer ends the script. */
async function run(changes: readonly KeyChange[], answer: (call: string) => FakeOutput | "nothing" = () => ({})) {
  const scripts: Call[][] = [];
  const runCalls = (calls: readonly Call[]) => {
    scripts.push([...calls]);
    const answers = calls.map((call) => [call, answer(call.args.slice(2).join(" "))] as const);
    const end = answers.findIndex(([, output]) => output === "nothing");
    const seen = answers.slice(0, end < 0 ? undefined : end);
    return Promise.resolve(seen.flatMap(([call, output]) => (output === "nothing" ? [] : [answerOf(call, output)])));
  };
  const result = await setKeys(changes, [status()], runCalls).catch((error: unknown) => {
    if (!(error instanceof TableauError)) throw error;
    return error.code;
  });
  const end = typeof result === "string" ? result : result.outcomes.map(({ key, how }) => `${key} ${how}`);
  const pending = typeof result === "string" ? [] : result.pending.map(({ call }) => call.name);
  return { end, pending, scripts, names: scripts.map((calls) => calls.map(({ args }) => args.slice(2).join(" "))) };
}

test("all changes are made in one script, those whose values may be secrets by a file", async () => {
  const { end, pending, scripts, names } = await run([
    change("gateway.timeout", "7"),
    change(path, "/x"),
    change("worker.port", null),
    change("ssl.key", "hunter2"),
  ]);
  expect(end).toEqual([`${path} set`, "worker.port reset", "gateway.timeout set", "ssl.key set"]);
  expect(names).toEqual([
    [`-k ${path} -v /x --force-keys`, "-k worker.port -d --force-keys", "-f SETTINGS-FILE --config-only --force-keys", ""],
  ]);
  expect(JSON.parse(scripts[0]?.[2]?.file?.reveal() ?? "")).toEqual({ configKeys: { "gateway.timeout": "7", "ssl.key": "hunter2" } });
  expect(JSON.stringify(scripts)).not.toContain("hunter2");
  expect(pending).toEqual(["tsm status -v"]);
});

test("a value that may be a secret may be empty, and needs no other call", async () => {
  const { names, scripts } = await run([change("ssl.key", "")]);
  expect(names[0]).toHaveLength(2);
  expect(JSON.parse(scripts[0]?.[0]?.file?.reveal() ?? "")).toEqual({ configKeys: { "ssl.key": "" } });
});

test("without a change only what is pending is asked for", async () => {
  expect(await run([])).toMatchObject({ end: [], pending: ["tsm status -v"], names: [[""]] });
});

describe("a refusal", () => {
  const refuses =
    (output: FakeOutput, ...calls: readonly string[]) =>
    (call: string): FakeOutput =>
      calls.includes(call) ? output : {};
  const set = `-k ${path} -v /x --force-keys`;
  const [reset, known, fallback] = [`-k ${path} -d --force-keys`, `-k ${path} -d`, `-k ${path} -v  --force-keys`];

  test.each<[string, FakeOutput, unknown]>([
    ["a status", { exit: 1 }, "tsm-command-failed"],
    ["an error", { stdout: "Hello\n  Error: x" }, "tsm-command-failed"],
    ["an error of the configuration", { stdout: "configuration error: x" }, "tsm-command-failed"],
    ["one on standard error", { stderr: "  Configuration error: x" }, "tsm-command-failed"],
    ["an unknown key", { stdout: "  Unknown key x" }, "tsm-command-failed"],
    ["an unknown key, as an error", { stderr: "Error: unknown key x" }, "tsm-command-failed"],
    ["a missing option", { stderr: "Missing required option: x" }, "tsm-command-failed"],
    ["a missing argument", { stderr: "Missing argument for option: x" }, "tsm-command-failed"],
    ["an unknown option", { stderr: "Unrecognized option: x" }, "tsm-command-failed"],
    ["a login", { stderr: "Not logged in", exit: 1 }, "tsm-login-refused"],
    ["an unreachable controller", { stdout: "Could not connect to server", exit: 1 }, "tsm-unreachable"],
    ["none: an error of a logger", { stdout: "Done", stderr: "Error: x" }, [`${path} set`]],
    ["none: words in a line", { stdout: "No error: x, no configuration error: y", stderr: "no configuration error: x" }, [`${path} set`]],
    ["none: words of a key", { stdout: "No unknown key, no unrecognized option" }, [`${path} set`]],
  ])("is %s", async (_, output, end) => {
    expect((await run([change(path, "/x")], refuses(output, set))).end).toEqual(end);
  });

  test.each<[string, FakeOutput]>([
    ["a status", { exit: 1 }],
    ["an unknown option", { stderr: "Unrecognized option: --force-keys", exit: 1 }],
    ["an unknown key", { stdout: "Unknown key" }],
  ])("of a reset by %s lets it be tried in another way, and what is pending is asked for again", async (_, output) => {
    const once = await run([change(path, null)], refuses(output, reset));
    expect(once).toMatchObject({ end: [`${path} reset`], pending: ["tsm status -v"], names: [[reset, ""], [known], [""]] });
    const twice = await run([change(path, null)], refuses(output, reset, known));
    expect(twice).toMatchObject({ end: [`${path} fallback`], names: [[reset, ""], [known], [fallback], [""]] });
    expect((await run([change(path, null)], refuses(output, reset, known, fallback))).end).toBe("tsm-command-failed");
  });

  test.each([[[reset]], [[reset, known]], [[reset, known, fallback]]])(
    "of a reset for want of a controller is no refusal (%#)",
    async (calls) => {
      const last = calls.at(-1);
      const answer = (call: string): FakeOutput =>
        call === last ? { stdout: "Could not connect to server", exit: 1 } : calls.includes(call) ? { exit: 1 } : {};
      const { end, names } = await run([change(path, null)], answer);
      expect(end).toBe("tsm-unreachable");
      expect(names.flat()).toContain(last);
      expect(names).toHaveLength(calls.length);
    },
  );

  test("of a reset of the flag has it set to false in the end", async () => {
    const answer = (call: string): FakeOutput => (call.includes(" -d") ? { exit: 1 } : {});
    const { end, names } = await run([change(flag, null)], answer);
    expect(end).toEqual([`${flag} fallback`]);
    expect(names.at(-2)).toEqual([`-k ${flag} -v false --force-keys`]);
  });

  test("of one change leaves the others as they are", async () => {
    const both = [change(path, null), change(flag, null)];
    const { end, pending } = await run(both, refuses({ exit: 1 }, reset));
    expect(end).toEqual([`${path} reset`, `${flag} reset`]);
    expect(pending).toEqual(["tsm status -v"]);
  });
});

describe("a call that was not run", () => {
  test("for a refusal before it is run by itself", async () => {
    let refused = false;
    const answer = (call: string): FakeOutput | "nothing" => {
      if (call.startsWith(`-k ${path}`) && !refused) {
        refused = true;
        return { exit: 1 };
      }
      return refused && call.startsWith(`-k ${flag}`) && call.endsWith("-d --force-keys") && !again() ? "nothing" : {};
    };
    let asked = 0;
    const again = (): boolean => (asked += 1) > 1;
    const { end, names } = await run([change(path, null), change(flag, null)], answer);
    expect(end).toEqual([`${path} reset`, `${flag} reset`]);
    expect(names.slice(1)).toEqual([[`-k ${path} -d`], [`-k ${flag} -d --force-keys`], [""]]);
  });

  test("and is never answered is an error", async () => {
    expect((await run([change(path, "/x")], () => "nothing")).end).toBe("tsm-command-failed");
    expect((await run([change(path, null)], () => "nothing")).names).toHaveLength(4);
  });
});
