import { compareTrust } from "../../../provider/plan/compare/compare-trust";
import { seenTrusted } from "../../../provider/plan/compare/trusted";
import type { DesiredCertificate } from "../../../provider/plan/desired";
import { planActivation } from "../../../provider/plan/plan-activation";
import { planRollback } from "../../../provider/plan/plan-rollback";
import { recordAfter, recordBefore } from "../../../provider/plan/record/record-after";
import type { RecordedTrust, ServerRecord } from "../../../provider/plan/record/record";
import type { SeenNode, SeenServer } from "../../../provider/plan/seen";
import type { SeenStore, TrustEntry } from "../../../provider/plan/seen-trust";
import { carryOut } from "../support/carry-out";
import { codesOf } from "../support/findings";
import { changed, connector, desiredServer, digest, node, recordOf, seenServer, started, stored } from "../support/servers";

const ours: DesiredCertificate = { alias: "corporate ca", sha256: digest("ours") };
const newer: DesiredCertificate = { alias: "corporate ca", sha256: digest("newer") };
const renamed: DesiredCertificate = { alias: "other name", sha256: digest("ours") };
const theirs: TrustEntry = { alias: "theirs", is: "certificate", sha256: digest("theirs") };
const entry = ({ alias, sha256 }: DesiredCertificate, is: TrustEntry["is"] = "certificate"): TrustEntry => ({ alias, is, sha256 });

const store = (parts: Partial<SeenStore> = {}): SeenStore => ({
  ...{ repository: "repository.1", use: "runs", path: "/r/jre/lib/security/cacerts", sha256: digest("store"), changedAt: changed },
  entries: [theirs],
  ...parts,
});
const inStore = (...certificates: readonly DesiredCertificate[]): SeenNode["stored"] => [
  stored(connector("a_jdbc")),
  ...certificates.map(({ alias, sha256 }) => stored({ ...connector("certificate"), fileName: alias, sha256 })),
];
const recorded = (aliases: RecordedTrust["aliases"], confirmed: RecordedTrust["confirmed"] = {}): ServerRecord => ({
  ...recordOf([connector("a_jdbc")]),
  trust: { aliases, confirmed },
});
const none = recordOf([connector("a_jdbc")]);
const known = recorded({ [ours.alias]: [ours.sha256] });

interface Outcome {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly due: number;
  readonly refusals?: readonly string[];
  readonly warnings?: readonly string[];
}
function compare(
  trust: readonly DesiredCertificate[],
  stores: readonly SeenStore[],
  record: ServerRecord,
  parts: Partial<SeenNode> = {},
): Outcome {
  const there = node("node1", { stored: inStore(ours, newer), trust: { stores, leftovers: [] }, ...parts });
  const { steps, due, refusals, warnings } = compareTrust(desiredServer({ trust }), seenServer({ record, nodes: [there] }), there);
  return {
    add: steps.flatMap((step) => step.add.map(({ alias }) => `${alias} ${step.repository}`)),
    remove: steps.flatMap((step) => step.remove.map(({ alias }) => `${alias} ${step.repository}`)),
    due: due.length,
    ...(refusals.length === 0 ? {} : { refusals: codesOf(refusals) }),
    ...(warnings.length === 0 ? {} : { warnings: codesOf(warnings) }),
  };
}
const nothing: Outcome = { add: [], remove: [], due: 0 };
const added: Outcome = { ...nothing, add: ["corporate ca repository.1"], due: 1 };

test.each<[string, readonly DesiredCertificate[], Partial<SeenStore>, ServerRecord, Outcome]>([
  ["missing", [ours], {}, none, added],
  ["there, and loaded", [ours], { entries: [theirs, entry(ours)] }, none, nothing],
  ["there, and not loaded yet", [ours], { entries: [entry(ours)], changedAt: started + 1 }, none, { ...nothing, due: 1 }],
  [
    "there, confirmed, and the file was changed since",
    [ours],
    { entries: [entry(ours)], changedAt: started + 1 },
    recorded({ [ours.alias]: [ours.sha256] }, { node1: { "repository.1": [ours.sha256] } }),
    nothing,
  ],
  ["trusted under another alias", [ours], { entries: [entry(renamed)] }, none, nothing],
  [
    "another entry of somebody else under its alias",
    [ours],
    { entries: [entry(newer)] },
    none,
    { ...added, refusals: ["alias-taken node1"] },
  ],
  ["a private key under its alias", [ours], { entries: [entry(ours, "other")] }, none, { ...added, refusals: ["alias-taken node1"] }],
  [
    "an earlier one of ours under its alias",
    [newer],
    { entries: [entry(ours)] },
    known,
    { add: ["corporate ca repository.1"], remove: ["corporate ca repository.1"], due: 1 },
  ],
  [
    "ours under the name before",
    [renamed],
    { entries: [entry(ours)] },
    known,
    { add: ["other name repository.1"], remove: ["corporate ca repository.1"], due: 2 },
  ],
  ["dropped", [], { entries: [theirs, entry(ours)] }, known, { ...nothing, remove: ["corporate ca repository.1"], due: 1 }],
  ["dropped, and its alias has another certificate by now", [], { entries: [entry(newer)] }, known, nothing],
  ["nobody's, and not recorded", [], { entries: [theirs, entry(ours)] }, none, nothing],
  ["missing in a release that is not in use", [ours], { use: "idle" }, none, { ...added, due: 0 }],
  ["unreadable where it runs", [ours], { entries: null, why: "it is broken" }, none, { ...nothing, refusals: ["no-trust-store node1"] }],
  ["unreadable where it does not", [ours], { entries: null, use: "idle" }, none, { ...nothing, warnings: ["no-trust-store node1"] }],
  ["unreadable, and nothing is wanted", [], { entries: null }, known, nothing],
])("a certificate that is %s", (_what, trust, parts, record, outcome) => {
  expect(compare(trust, [store(parts)], record)).toEqual(outcome);
});

test("every release is compared, one restart serves what runs, and a node without a JRE is refused", () => {
  const both = [store(), store({ repository: "repository.2", use: "idle" })];
  expect(compare([ours], both, none)).toEqual({ ...added, add: ["corporate ca repository.1", "corporate ca repository.2"] });
  expect(compare([ours], [], none)).toEqual({ ...nothing, refusals: ["no-trust-store node1"] });
  expect(compare([], [], none)).toEqual(nothing);
});

test("what is not in the store of a node is neither imported nor, on the word of the record alone, taken away", () => {
  const bare = { stored: inStore() };
  expect(compare([ours], [store()], none, bare)).toEqual({ ...added, refusals: ["not-delivered node1"] });
  expect(compare([], [store({ entries: [entry(ours)] })], known, bare)).toEqual({ ...nothing, warnings: ["not-surely-ours node1"] });
});

test("where no process can be seen a certificate that the record names counts as loaded, and any other does not", () => {
  const unseen = { loadedSince: null, oldestProcess: null };
  const there = [store({ entries: [entry(ours)], changedAt: started + 1 })];
  expect(compare([ours], there, known, unseen)).toEqual(nothing);
  expect(compare([ours], there, none, unseen)).toEqual({ ...nothing, due: 1 });
});

describe("a server with two nodes", () => {
  const nodes = (stores: (name: string) => SeenStore[]): SeenNode[] =>
    ["node1", "node2"].map((name) => node(name, { stored: inStore(ours, newer), trust: { stores: stores(name), leftovers: [] } }));
  const server = (stores: (name: string) => SeenStore[], record: ServerRecord | null = none): SeenServer =>
    seenServer({ record, nodes: nodes(stores) });
  const desired = desiredServer({ trust: [ours] });

  test("a plan restarts once, the plan after it is empty, and what leaves goes with one restart and leaves no trace in the record", () => {
    const before = server(() => [store()]);
    const plan = planActivation(desired, before);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(["record", "trust", "trust", "restart", "awaitRunning"]);
    const after = carryOut(desired, before, plan, "answers");
    expect(planActivation(desired, after).steps).toEqual([]);
    expect(after.record?.trust).toEqual({
      aliases: { [ours.alias]: [ours.sha256] },
      confirmed: { node1: { "repository.1": [ours.sha256] }, node2: { "repository.1": [ours.sha256] } },
    });
    const without = desiredServer({ trust: [] });
    const leaving = planActivation(without, after);
    expect(leaving.steps.map(({ kind }) => kind)).toEqual(["record", "trust", "trust", "restart", "awaitRunning"]);
    const gone = carryOut(without, after, leaving, "answers");
    expect([gone.record?.trust, planActivation(without, gone).steps]).toEqual([undefined, []]);
  });

  test("what only lies beside is imported without a restart, and after the upgrade nothing is left to do but a note", () => {
    const beside = server(
      (name) => [store({ repository: "repository.2", use: "idle" }), store({ entries: name === "x" ? [] : [entry(ours)] })],
      known,
    );
    const plan = planActivation(desired, beside);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(["record", "trust", "trust"]);
    const after = carryOut(desired, beside, plan, "answers");
    const upgraded = {
      ...after,
      nodes: after.nodes.map((one) => ({
        ...one,
        trust: {
          leftovers: [],
          stores: (one.trust?.stores ?? []).map((each): SeenStore => ({
            ...each,
            use: each.use === "runs" ? "idle" : "runs",
            changedAt: changed,
          })),
        },
      })),
    };
    expect(planActivation(desired, upgraded).steps.map(({ kind }) => kind)).toEqual(["record"]);
  });

  test("while a plan is carried out the record says what is ours before and after", () => {
    const before = server(() => [store({ entries: [entry(ours)] })], known);
    const next = desiredServer({ trust: [newer] });
    expect(recordBefore(next, before, []).trust?.aliases).toEqual({ [ours.alias]: [ours.sha256, newer.sha256] });
    const half = server((name) => [store({ entries: [entry(name === "node1" ? newer : ours)] })], recordBefore(next, before, []));
    expect(planActivation(next, half).steps.filter(({ kind }) => kind === "trust")).toMatchObject([
      { node: "node2", add: [newer], remove: [ours] },
    ]);
    expect(
      recordAfter(
        next,
        server(() => [store({ entries: [entry(newer)] })], known),
        [],
        null,
      ).trust?.aliases,
    ).toEqual({ [newer.alias]: [newer.sha256] });
  });

  test("a rollback takes back what came and brings back what went, whatever somebody else imported meanwhile", () => {
    const before = server(() => [store({ entries: [theirs, entry(ours)] })], known);
    const plan = planActivation(desiredServer({ trust: [{ alias: "next", sha256: newer.sha256 }] }), before);
    const foreign: TrustEntry = { alias: "foreign", is: "certificate", sha256: digest("foreign") };
    const now = server((name) => {
      const done = [theirs, foreign, entry({ alias: "next", sha256: newer.sha256 })];
      return [store(name === "node1" ? { entries: done, sha256: digest("changed") } : { entries: [theirs, entry(ours)] })];
    }, known);
    expect(planRollback(plan, before, now, "switching").filter(({ kind }) => kind === "trust")).toMatchObject([
      { node: "node1", remove: [{ alias: "next", sha256: newer.sha256 }], add: [ours], was: digest("changed") },
    ]);
  });

  test("drift is named by node and repository", () => {
    const two = desiredServer({ trust: [ours, { alias: "second", sha256: newer.sha256 }] });
    const seen = server((name) =>
      name === "node1"
        ? [store({ entries: [entry(ours), entry({ alias: "second", sha256: newer.sha256 })] })]
        : [store({ entries: [entry(ours)] }), store({ repository: "repository.2", use: "idle" })],
    );
    expect(seenTrusted(two, seen)).toEqual({ node2: { "repository.1": "second is absent", "repository.2": "absent, not in use" } });
    expect(
      seenTrusted(
        desiredServer(),
        server(() => [store({ entries: [entry(ours)] })], known),
      ),
    ).toEqual({
      node1: { "repository.1": "corporate ca is not listed" },
      node2: { "repository.1": "corporate ca is not listed" },
    });
  });
});
