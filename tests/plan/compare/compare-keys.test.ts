import { connectPluginsPathKey as path, disableVerifyKey as verify, type KeyName } from "../../../provider/vocabulary/keys";
import { compareKeys, isOurLeftover, wantedKey } from "../../../provider/plan/compare/compare-keys";
import type { DesiredServer, KeyWish } from "../../../provider/plan/desired";
import type { Placement } from "../../../provider/plan/placement/placement";
import type { RecordedKey } from "../../../provider/plan/record/record";
import type { KeySeen, SeenServer } from "../../../provider/plan/seen";
import { desiredServer, recordOf, seenServer } from "../support/servers";

const shared = "/opt/tableau/connectors";
const value = (text: string): KeySeen => ({ kind: "value", value: text });
const unset: KeySeen = { kind: "unset" };
const unknown: KeySeen = { kind: "unknown" };

const wanting = (key: KeyName, wish: KeyWish, directory = shared, placement: Placement = "automatic"): DesiredServer =>
  desiredServer({ directory, placement, keys: { ...{ [path]: "left", [verify]: "left" }, [key]: wish } });

interface Seen {
  readonly now?: KeySeen;
  readonly recorded?: RecordedKey;
  readonly pending?: "ours" | "nothing";
  readonly answers?: boolean | null;
  readonly version?: string;
}
function seeing(key: KeyName, { now = unset, recorded, pending = "nothing", answers = null, version = "2024.2" }: Seen): SeenServer {
  return seenServer({
    version,
    keys: { ...{ [path]: unset, [verify]: unset }, [key]: now },
    pending: { ours: pending === "ours" ? [key] : [], foreign: [], topology: false },
    record: recordOf([], { answersForcedKeys: answers, keys: recorded === undefined ? {} : { [key]: recorded } }),
  });
}
const steps = (desired: DesiredServer, seen: SeenServer): string[] =>
  compareKeys(desired, seen).map((step) =>
    step.kind === "setKey"
      ? `${step.value} was ${String(step.was)}`
      : step.kind === "unsetKey"
        ? `unset was ${String(step.was)}`
        : step.kind,
  );

const applied = (earlier: string | null, to: string | null, between?: (string | null)[]): RecordedKey => ({
  earlier,
  applied: to,
  ...(between === undefined ? {} : { between }),
});

describe("the path key", () => {
  test.each<[string, KeyWish, string, Placement, Seen, string[]]>([
    ["left alone", "left", "/srv/c", "path", { now: value("/x") }, []],
    ["set", { value: "/srv/c" }, shared, "automatic", {}, ["/srv/c was null"]],
    ["set to another value", { value: "/srv/c" }, shared, "automatic", { now: value("/x") }, ["/srv/c was /x"]],
    ["has its value in another spelling", { value: "/srv/c" }, shared, "automatic", { now: value("/srv/c/") }, []],
    [
      "has its value, which a run left pending",
      { value: "/srv/c" },
      shared,
      "automatic",
      { now: value("/srv/c"), pending: "ours", recorded: applied(null, null) },
      ["/srv/c was /srv/c"],
    ],
    [
      "has its value, which somebody else left pending",
      { value: "/srv/c" },
      shared,
      "automatic",
      { now: value("/srv/c"), pending: "ours" },
      [],
    ],
    [
      "may have its value",
      { value: "/srv/c" },
      shared,
      "automatic",
      { now: unknown, recorded: applied(null, null, ["/srv/c"]) },
      ["/srv/c was null"],
    ],
    ["automatic: the release reads the folder", "automatic", shared, "automatic", { now: value("/x") }, []],
    ["automatic: it does not yet", "automatic", shared, "automatic", { version: "2021.1" }, [`${shared} was null`]],
    ["automatic: another folder", "automatic", "/srv/c", "automatic", {}, ["/srv/c was null"]],
    ["automatic: the program wants it by the path", "automatic", shared, "path", {}, [`${shared} was null`]],
    ["automatic: shared", "automatic", "/srv/c", "shared", {}, []],
    ["automatic: the folders of processes", "automatic", "/srv/c", "perProcess", {}, []],
    ["automatic gives nothing back", "automatic", shared, "automatic", { now: value("/srv/c"), recorded: applied(null, "/srv/c") }, []],
    [
      "automatic or back",
      "automatic or restore",
      shared,
      "automatic",
      { now: value("/srv/c"), recorded: applied(null, "/srv/c") },
      ["unset was /srv/c"],
    ],
    [
      "automatic or back: it is needed",
      "automatic or restore",
      "/srv/c",
      "automatic",
      { now: value("/srv/c"), recorded: applied("/old", "/srv/c") },
      [],
    ],
    [
      "automatic or back elsewhere: it names no folder of ours any more",
      "automatic or restore elsewhere",
      shared,
      "automatic",
      { now: value("/srv/c"), recorded: applied("/old", "/srv/c") },
      ["/old was /srv/c"],
    ],
    [
      "automatic or back elsewhere: it names this one for nothing",
      "automatic or restore elsewhere",
      shared,
      "automatic",
      { now: value(shared), recorded: applied(null, shared) },
      [],
    ],
    ["automatic or back elsewhere: nothing is known", "automatic or restore elsewhere", shared, "automatic", { now: value("/srv/c") }, []],
    ["back", "restore", shared, "automatic", { now: value("/srv/c"), recorded: applied("/old", "/srv/c") }, ["/old was /srv/c"]],
    ["back: nothing is known", "restore", shared, "automatic", { now: value("/srv/c") }, []],
    ["back: somebody has changed it since", "restore", shared, "automatic", { now: value("/x"), recorded: applied("/old", "/srv/c") }, []],
    ["back: it is what it was", "restore", shared, "automatic", { now: value("/old"), recorded: applied("/old", "/srv/c", ["/old"]) }, []],
    [
      "back: a change that a run left pending",
      "restore",
      shared,
      "automatic",
      { now: value("/old"), pending: "ours", recorded: applied("/old", null, ["/srv/c"]) },
      ["/old was /old"],
    ],
    [
      "back: pending, and somebody has changed it since",
      "restore",
      shared,
      "automatic",
      { now: value("/x"), pending: "ours", recorded: applied("/old", null, ["/srv/c"]) },
      [],
    ],
    [
      "back: a change that may have been made",
      "restore",
      shared,
      "automatic",
      { now: unknown, recorded: applied("/old", null, ["/srv/c"]) },
      ["/old was null"],
    ],
    [
      "back: the server would tell",
      "restore",
      shared,
      "automatic",
      { now: unknown, answers: true, recorded: applied("/old", null, ["/srv/c"]) },
      [],
    ],
  ])("%s", (_name, wish, directory, placement, seen, expected) => {
    expect(steps(wanting(path, wish, directory, placement), seeing(path, seen))).toEqual(expected);
  });
});

describe("the key that turns verification off", () => {
  test.each<[string, KeyWish, Seen, string[]]>([
    ["set", { value: "true" }, {}, ["true was null"]],
    ["not set where that is the same", { value: "false" }, {}, []],
    ["has nothing automatic", "automatic", { now: value("true") }, []],
    [
      "has no folder that could be needed",
      "automatic or restore",
      { now: value("true"), recorded: applied(null, "true"), version: "2021.1" },
      ["unset was true"],
    ],
    ["back to verifying", "restore", { now: value("true"), recorded: applied(null, "true") }, ["unset was true"]],
    ["back to what says so", "restore", { now: value("true"), recorded: applied("False", "true") }, ["False was true"]],
    ["never back to off", "restore", { now: value("false"), recorded: applied("true", "false") }, []],
  ])("%s", (_name, wish, seen, expected) => {
    expect(steps(wanting(verify, wish), seeing(verify, seen))).toEqual(expected);
  });
});

test("both keys are compared, and a wish is told as it is", () => {
  const desired = desiredServer({ keys: { [path]: { value: "/srv/c" }, [verify]: { value: "true" } } });
  expect(compareKeys(desired, seeing(path, {})).map((step) => ("key" in step ? step.key : ""))).toEqual([path, verify]);
  expect(wantedKey(path, wanting(path, "left"), seeing(path, {}))).toBeUndefined();
  expect(wantedKey(path, wanting(path, "restore"), seeing(path, { now: value("/c"), recorded: applied(null, "/c") }))).toBeNull();
});

test.each<[string, Seen, boolean]>([
  ["nothing is known", { pending: "ours" }, false],
  ["it was seen applied", { pending: "ours", recorded: applied(null, "/c") }, false],
  ["it is not pending", { recorded: applied(null, null) }, false],
  ["begun, and pending", { pending: "ours", recorded: applied(null, null) }, true],
])("a change that is left of an interrupted run: %s", (_name, seen, expected) => {
  expect(isOurLeftover(path, seeing(path, seen))).toBe(expected);
});

test("a server without a record has nothing of ours", () => {
  const seen = { ...seeing(path, { now: value("/c"), pending: "ours" }), record: null };
  expect(isOurLeftover(path, seen)).toBe(false);
  expect(wantedKey(path, wanting(path, "restore"), seen)).toBeUndefined();
  expect(wantedKey(path, wanting(path, "automatic or restore elsewhere"), seen)).toBeUndefined();
});
