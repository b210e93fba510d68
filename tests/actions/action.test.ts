import { questionOf, type Action } from "../../provider/actions/action";
import type { Arguments } from "../../provider/actions/arguments";
import { clean } from "../../provider/actions/clean";
import { deliver } from "../../provider/actions/deliver";
import { examine } from "../../provider/actions/examine";
import { fetch } from "../../provider/actions/fetch";
import { forget } from "../../provider/actions/forget";
import { lock } from "../../provider/actions/lock";
import { observe } from "../../provider/actions/observe";
import { place } from "../../provider/actions/place";
import { record } from "../../provider/actions/record";
import { stage } from "../../provider/actions/stage";
import { trust } from "../../provider/actions/trust";
import type { ReplyForm } from "../../provider/host/reply";
import { fetchFromMachine } from "../../provider/machine/fetch";
import { observeConnectors } from "../../provider/machine/observe";
import { observeDriver } from "../../provider/machine/observe-driver";
import { observeFile } from "../../provider/machine/observe-file";
import { placeOnMachine } from "../../provider/machine/place-file";
import { observeTrust } from "../../provider/actions/observe-trust";
import { stageTrust } from "../../provider/actions/stage-trust";
import { removeFromMachine } from "../../provider/machine/remove-file";
import { machineTrust } from "../../provider/machine/trust";
import { allActions } from "../../scripts/all-actions";

type AnyAction = Action<Arguments, ReplyForm>;

const stateDirectory = "/state";
const [a, b] = ["a".repeat(64), "b".repeat(64)];
const described = { sha256: a, pluginClass: "class", pluginVersion: "1.0", fileName: "x.taco" };
const file = { folder: "/d", fileName: "x.taco", sha256: a };

// What the scripts of released versions are given: the order and the words for "nothing" are theirs.
const given: readonly (readonly [action: unknown, values: Readonly<Record<string, unknown>>, words: readonly string[]])[] = [
  [clean, { stateDirectory, directories: ["/d", "/e"], digests: [a, b] }, ["/state", "2", "/d", "/e", a, b]],
  [clean, { stateDirectory, directories: [], digests: [a] }, ["/state", "0", a]],
  [
    deliver,
    {
      stateDirectory,
      packages: [
        { ...described, size: 7, live: "/d/x.taco" },
        { ...described, sha256: b, size: null, live: null },
      ],
    },
    ["/state", a, "7", "class", "1.0", "x.taco", "/d/x.taco", b, "-", "class", "1.0", "x.taco", "-"],
  ],
  [examine, { directories: ["/d", "/e"] }, ["/d", "/e"]],
  [fetch, { largest: 3, total: 5, paths: ["/d/x", "/d/y"] }, ["3", "5", "/d/x", "/d/y"]],
  [forget, { stateDirectory }, ["/state"]],
  [lock, { stateDirectory, holder: "who", waitSeconds: 30 }, ["/state", "who", "30"]],
  [observe, { stateDirectory, digests: [a, b], directories: ["/d"] }, ["/state", "2", a, b, "/d"]],
  [
    place,
    {
      stateDirectory,
      changes: [
        { kind: "place", directory: "/d", fileName: "x.taco", sha256: a, was: null },
        { kind: "retire", directory: "/d", fileName: "y.taco", sha256: null, was: b },
        { kind: "open", directory: "/d", fileName: null, sha256: null, was: null },
      ],
    },
    ["/state", "place", "/d", "x.taco", a, "-", "retire", "/d", "y.taco", "-", b, "open", "/d", "-", "-", "-"],
  ],
  [record, { stateDirectory, note: "due", reason: "why", sha256: a }, ["/state", "due", "why", a]],
  [stage, { stateDirectory, directory: "/d", digests: [a, b] }, ["/state", "/d", a, b]],
  [trust, { known: null, tsmPath: null }, ["none", ""]],
  [trust, { known: a, tsmPath: "/tsm" }, [a, "/tsm"]],
  [observeTrust, { tsmPath: null, known: [] }, ["", "0"]],
  [observeTrust, { tsmPath: "/tsm", known: [a, b] }, ["/tsm", "2", a, b]],
  [
    stageTrust,
    {
      ...{ stateDirectory, path: "/jre/lib/security/cacerts", was: a, password: "given" },
      ...{ remove: [{ alias: "one", sha256: a }], add: [{ alias: "two", sha256: b }] },
    },
    ["/state", "/jre/lib/security/cacerts", a, "given", "1", "one", a, "two", b],
  ],
  [fetchFromMachine, { largest: 3, total: 5, paths: ["/d/x"] }, ["3", "5", "/d/x"]],
  [observeConnectors, { product: "desktop", given: null, fileName: "x.taco" }, ["desktop", "", "x.taco"]],
  [observeDriver, { product: "bridge", given: "/d", fileName: "x.jar" }, ["bridge", "/d", "x.jar"]],
  [observeFile, { path: "~/x" }, ["~/x"]],
  [placeOnMachine, { ...file, was: null, mode: "0644", note: null }, ["/d", "x.taco", a, "-", "0644", ""]],
  [placeOnMachine, { ...file, was: b, mode: "0755", note: "token" }, ["/d", "x.taco", a, b, "0755", "token"]],
  [removeFromMachine, { ...file, token: null }, ["/d", "x.taco", a, ""]],
  [removeFromMachine, { ...file, token: "token" }, ["/d", "x.taco", a, "token"]],
  [machineTrust, { product: "prep", release: null, known: null }, ["prep", "", "none"]],
  [machineTrust, { product: "prep", release: "2024.2", known: a }, ["prep", "2024.2", a]],
];

const cases = given.map(([action, values, words]) => ({ action: action as AnyAction, values, words }));

test.each(cases.map((each) => [each.action.name, each] as const))(
  "%s gets its arguments as sh reads them",
  (_name, { action, values, words }) => {
    expect(questionOf(action, values as never, { timeoutSeconds: 1 }).args).toEqual(words);
  },
);

test("no action is left out above", () => {
  const tried = new Set(cases.map(({ action }) => action));
  expect([...allActions()].filter(([, action]) => !tried.has(action as AnyAction)).map(([folder]) => folder)).toEqual([]);
});
