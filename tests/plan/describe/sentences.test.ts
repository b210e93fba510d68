import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { describeConnector } from "../../../provider/plan/describe/describe-connector";
import { describeStep } from "../../../provider/plan/describe/describe-step";
import { inverseOf, type Step } from "../../../provider/plan/step";
import { disturbsUsers } from "../support/disturbs-users";

const file = { node: "node2", directory: "/opt/tableau/connectors", fileName: "a.taco" } as const;
const steps: readonly Step[] = [
  { kind: "discardPending" },
  { kind: "record", restartRequired: [] },
  { kind: "record", restartRequired: ["a.taco is new on node2"] },
  { kind: "openDirectory", node: "node2", directory: "/opt/tableau/connectors" },
  { kind: "place", ...file, sha256: "a".repeat(64), was: null },
  { kind: "place", ...file, sha256: "a".repeat(64), was: "b".repeat(64) },
  { kind: "mend", ...file, sha256: "a".repeat(64), owner: null, was: { mode: "0664", owner: "alice", readable: true } },
  { kind: "mend", ...file, sha256: "a".repeat(64), owner: "root", was: { mode: "0600", owner: "alice", readable: false } },
  { kind: "retire", ...file, was: "b".repeat(64) },
  { kind: "setKey", key: connectPluginsPathKey, value: "/srv/c", was: null },
  { kind: "setKey", key: disableVerifyKey, value: "false", was: "true" },
  { kind: "unsetKey", key: disableVerifyKey, was: "false" },
  { kind: "unsetKey", key: disableVerifyKey, was: null },
  { kind: "applyPending", why: ["a key"] },
  { kind: "restart", why: ["a file"] },
  { kind: "awaitRunning" },
];

test("a step is told in one line, and says what users feel of it", () => {
  const lines = steps.map((step) => describeStep(step, "prod"));
  expect(lines).toMatchSnapshot();
  expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
  expect(steps.map((step, i) => disturbsUsers(step) === (lines[i] ?? "").includes("users are disconnected"))).toEqual(
    steps.map(() => true),
  );
});

test.each(steps.filter((step) => ["place", "retire", "setKey"].includes(step.kind)))(
  "the inverse of the inverse of %j is the step itself",
  (step) => {
    const inverse = inverseOf(step);
    expect(inverse).not.toBeNull();
    expect(inverse === null ? null : inverseOf(inverse)).toEqual(step);
  },
);

test.each(steps.filter((step) => ["discardPending", "record", "mend", "openDirectory", "awaitRunning"].includes(step.kind)))(
  "%j needs nothing to be taken back",
  (step) => {
    expect(inverseOf(step)).toBeNull();
  },
);

describe("the sentence of a connector", () => {
  const wanted = {
    server: "prod",
    fileName: "a.taco",
    pluginClass: "a",
    pluginVersion: "1.0",
    sha256: "a".repeat(64),
    delivered: { node1: "a".repeat(64), node2: "a".repeat(64) },
  };
  test.each([
    ["new", null],
    ["delivered", wanted],
    ["absent on one node", { ...wanted, delivered: { node1: "a".repeat(64), node2: "absent" } }],
    ["another package", { ...wanted, delivered: { node1: "b".repeat(64), node2: "b".repeat(64) } }],
  ])("%s", (_name, there) => {
    expect(describeConnector(there, wanted)).toMatchSnapshot();
  });
});
