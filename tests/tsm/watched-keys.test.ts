import * as command from "../../provider/tsm/command";
import { createTsm } from "../../provider/tsm/create-tsm";
import { lookCalls, parsePendingTopology, readJobs, readLook, readPending } from "../../provider/tsm/look";
import { parsePendingConfig } from "../../provider/tsm/parse-pending-config";
import type { Tsm, TsmOptions } from "../../provider/tsm/tsm";
import { Secret } from "../../provider/vocabulary/secret";
import { connectPluginsPathKey as path, disableVerifyKey as flag } from "../../provider/vocabulary/keys";
import { answerOf } from "./support/answer";
import { FakeClock } from "./support/fake-clock";
import { FakeHost, type FakeOutput } from "./support/fake-host";
import { server } from "./support/fake-server";

const options: TsmOptions = { requestTimeoutSeconds: 1800, commandTimeoutSeconds: 60 };
const get = "configuration get -k gateway.timeout";
const list = "pending-changes list --config-only";

function connect(answers: Readonly<Record<string, FakeOutput>>): { host: FakeHost; tsm: Tsm } {
  const host = new FakeHost(server(answers));
  return { host, tsm: createTsm(host, options, new FakeClock()) };
}
const watching = (...values: readonly string[]): ReadonlyMap<string, readonly string[]> => new Map([["gateway.timeout", values]]);

describe("a watched key", () => {
  test("is asked for and told beside our two", async () => {
    const { host, tsm } = connect({ [get]: { stdout: "7200s\n" } });
    expect((await tsm.look()).otherKeys).toBeUndefined();
    tsm.watch(watching());
    const view = await tsm.look();
    expect(view.otherKeys).toEqual({ "gateway.timeout": { kind: "value", value: "7200s" } });
    expect(host.commands.filter((one) => one === get)).toHaveLength(1);
    expect(await tsm.look({ view, changed: "processes" })).toEqual(view);
  });

  test("among pending changes is ours, and so are the values that it has, may have or was given", async () => {
    const pending = { stdout: "gateway.timeout\n  old1\n  new.one x\n  third2\n" };
    const { tsm } = connect({ [get]: { stdout: "old1\n" }, [list]: pending });
    tsm.watch(watching("new.one x"));
    expect((await tsm.look()).pending).toMatchObject({ ours: ["gateway.timeout"], othersChanges: ["(a name that cannot be told)"] });
    tsm.watch(watching("third2"));
    expect((await tsm.look()).pending).toMatchObject({ ours: ["gateway.timeout"], othersChanges: [] });
    expect((await tsm.setKeys([])).pending).toMatchObject({ ours: ["gateway.timeout"], othersChanges: [] });
  });

  test("that is set is watched from then on", async () => {
    const { tsm } = connect({ [list]: { stdout: "gateway.timeout\n  given1\n" } });
    expect((await tsm.setKeys([{ key: "gateway.timeout", value: "given1" }])).pending).toMatchObject({
      ours: ["gateway.timeout"],
      othersChanges: [],
    });
  });
});

test("a watched key that is reset has no value by that", async () => {
  const { tsm } = connect({ [list]: { stdout: "gateway.timeout\n  null\n" } });
  expect((await tsm.setKeys([{ key: "gateway.timeout", value: null }])).pending).toMatchObject({
    ours: ["gateway.timeout"],
    othersChanges: [],
  });
});

describe("a list of pending changes", () => {
  const parse = (output: FakeOutput, watched = watching("7200s")) =>
    parsePendingConfig(answerOf(command.listPending("config"), output), [], watched);

  test.each([
    ["gateway.timeout", ["gateway.timeout"]],
    [`gateway.timeout, ${path}`, ["gateway.timeout", path]],
    [path, [path]],
    [`${path}\ngateway.timeout\n${flag}`, ["gateway.timeout", path, flag]],
  ])("%j names %j", (stdout, ours) => {
    expect(parse({ stdout })).toEqual({ ours, othersChanges: [] });
  });

  test("on standard error is heard as a list of its own, and beside another only in its rows", () => {
    expect(parse({ stderr: "hunter2" }).othersChanges).toHaveLength(1);
    expect(parse({ stdout: path, stderr: "hunter2\ngateway.timeout: 7" })).toEqual({ ours: ["gateway.timeout", path], othersChanges: [] });
    expect(parse({ stdout: path, stderr: "Something about hunter2" })).toEqual({ ours: [path], othersChanges: [] });
  });

  test.each(["There are no pending changes", "* THERE ARE NO PENDING CONFIGURATION CHANGES...", "--- There are no pending changes. ---"])(
    "%j is one of nothing",
    (stdout) => {
      expect(parse({ stdout })).toEqual({ ours: [], othersChanges: [] });
    },
  );

  test.each(["If there are no pending changes", "There are no pending changes of 12"])("%j says not that nothing is", (stdout) => {
    expect(() => parse({ stdout })).toThrow();
  });
});

test.each([
  ["There are no pending topology changes.", false],
  ["* there are no pending changes...", false],
  ["--- There are no pending changes. ---", false],
  ["Now there are no pending changes", true],
  ["There are no pending changes of x", true],
  ["Topology\nnode1 gets a gateway", true],
])("topology: %j shows a change: %s", (stdout, pending) => {
  expect(parsePendingTopology(answerOf(command.listPending("topology"), { stdout }))).toBe(pending);
});

describe("the answers of a look", () => {
  const none = { values: [], watched: new Map() };

  test("that end too soon are an error of the call that is missing", () => {
    const answers = [answerOf(command.status(), { stdout: "Status: RUNNING" })];
    expect(() => readLook(answers, null, none)).toThrow(expect.objectContaining({ code: "tsm-answer-unreadable", node: "node1" }) as Error);
    expect(() => readLook(answers, null, none)).toThrow(/`tsm version`/);
    expect(() => readPending([], none)).toThrow(/`tsm pending-changes list --config-only`/);
  });

  test("hold the list of jobs where it was asked for", () => {
    const jobs = answerOf(command.listJobs(), { stdout: "5 AbcJob Running" });
    expect(readJobs([answerOf(command.status(), {}), jobs])?.jobs).toHaveLength(1);
    expect(readJobs([answerOf(command.status(), {})])).toBeUndefined();
    expect(lookCalls(null, new Map()).map(({ name }) => name)).toContain("tsm jobs list");
  });
});

describe("time and login", () => {
  test("each call of a script has the time of one", async () => {
    const { host, tsm } = connect({});
    await tsm.look();
    await tsm.discardPending();
    expect(host.scripts.map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([8 * 60, 60]);
  });

  test("a script without an answer is an error", async () => {
    const { tsm, host } = connect({});
    host.authorised = false;
    host.run = () => Promise.resolve({ records: [], status: 0, errorText: "" });
    await expect(tsm.discardPending()).rejects.toMatchObject({ code: "tsm-answer-unreadable", node: "node1" });
  });

  test.each([{ password: new Secret("x") }, { username: "a", password: new Secret("x\n") }, { username: "a", password: new Secret("\0") }])(
    "a password that tsm cannot read is an error of the program (%#)",
    (extra) => {
      expect(() => createTsm(new FakeHost(() => ({})), { ...options, ...extra })).toThrow(
        expect.objectContaining({ code: "argument-invalid" }) as Error,
      );
    },
  );

  test("a server that is to be asked soon is prepared for it", () => {
    const { host } = connect({});
    const told: unknown[] = [];
    const preparing = Object.assign(host, { prepare: (...asked: readonly unknown[]) => void told.push(asked) });
    createTsm(preparing, options).prepare();
    expect(told).toEqual([["login", 60]]);
  });
});
