import fc from "fast-check";
import { planActivation } from "../../provider/plan/plan-activation";
import { disableVerifyKey, isOwnKey } from "../../provider/vocabulary/keys";
import { keySeen } from "../../provider/plan/seen";
import { recordedKey } from "../../provider/plan/record/keys-of-record";
import { sameValue } from "../../provider/plan/compare/effective-key";
import { isAtLeast } from "../../provider/vocabulary/version";
import type { FindingCode, Plan } from "../../provider/plan/step";
import { disturbsUsers } from "./support/disturbs-users";
import { acceptableCases, type Case, cases } from "./support/arbitrary";
import { carryOut, start } from "./support/carry-out";

const runs = { numRuns: 300, seed: 20261124 };

/** Cases that are not refused, with their plan: enough of them that a property means something. */
function eachPlan(check: (one: Case, plan: Plan) => void): void {
  let accepted = 0;
  fc.assert(
    fc.property(acceptableCases, (one) => {
      const plan = planActivation(one.desired, one.seen);
      if (plan.refusals.length > 0) return;
      accepted += 1;
      check(one, plan);
    }),
    runs,
  );
  expect(accepted).toBeGreaterThan(75);
}

function kinds(plan: Plan): string[] {
  return plan.steps.map(({ kind }) => kind);
}

describe("a plan", () => {
  test("never disturbs users twice", () => {
    fc.assert(
      fc.property(cases, ({ desired, seen }) => {
        expect(planActivation(desired, seen).steps.filter(disturbsUsers).length).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test("is empty for the state after itself", () => {
    eachPlan(({ desired, seen, answers }, plan) => {
      const after = carryOut(desired, seen, plan, answers);
      const next = planActivation({ ...desired, options: { ...desired.options, claim: "update" } }, after);
      expect({ steps: next.steps, refusals: next.refusals }).toEqual({ steps: [], refusals: [] });
    });
  });

  test("is empty once a stopped server has been started", () => {
    eachPlan(({ desired, seen, answers }, plan) => {
      if (seen.status !== "STOPPED") return;
      const after = start(carryOut(desired, seen, plan, answers));
      expect(planActivation({ ...desired, options: { ...desired.options, claim: "update" } }, after).steps).toEqual([]);
    });
  });

  test("never restarts a stopped server, nor waits for it", () => {
    fc.assert(
      fc.property(cases, ({ desired, seen }) => {
        const plan = planActivation(desired, { ...seen, status: "STOPPED" });
        expect(kinds(plan)).not.toContain("restart");
        expect(kinds(plan)).not.toContain("awaitRunning");
        expect(plan.steps.flatMap((step) => (step.kind === "record" ? step.restartRequired : []))).toEqual([]);
      }),
      runs,
    );
  });

  test("changes no key that the program leaves alone, and none that has its value", () => {
    fc.assert(
      fc.property(cases, ({ desired, seen }) => {
        for (const step of planActivation(desired, seen).steps) {
          if (step.kind !== "setKey" && step.kind !== "unsetKey") continue;
          expect(isOwnKey(step.key) && desired.keys[step.key]).not.toBe("left");
          const now = keySeen(seen, step.key);
          const value = step.kind === "setKey" ? step.value : "";
          const isLeftover = recordedKey(seen.record, step.key)?.applied === null && seen.pending.ours.includes(step.key);
          if (now.kind === "value" && !isLeftover) expect(now.value.toLowerCase()).not.toBe(value.toLowerCase());
        }
      }),
      runs,
    );
  });

  test("never gives a key back so that verification is off, nor one that somebody else has changed since", () => {
    const counts = { back: 0 };
    fc.assert(
      fc.property(cases, ({ desired, seen }) => {
        for (const step of planActivation(desired, seen).steps) {
          if (step.kind !== "setKey" && step.kind !== "unsetKey") continue;
          const wish = isOwnKey(step.key) ? desired.keys[step.key] : "restore";
          if (typeof wish === "object" || (step.kind === "setKey" && step.value === desired.directory)) continue;
          counts.back += 1;
          const recorded = recordedKey(seen.record, step.key);
          if (step.key === disableVerifyKey) expect(step.kind).toBe("unsetKey");
          const isOurs = recorded !== undefined && (sameValue(step.key, step.was, recorded.applied) || recorded.applied === null);
          expect(isOurs).toBe(true);
        }
      }),
      runs,
    );
    expect(counts.back).toBeGreaterThan(20);
  });

  test("applies or throws away what somebody else left pending only if the program says so", () => {
    eachPlan(({ desired, seen }, plan) => {
      const { othersChanges, topology } = seen.pending;
      const applies = kinds(plan).includes("applyPending");
      if (applies) expect(topology).toBe(false);
      if (applies && othersChanges.length > 0) expect(desired.options.foreignPendingChanges).not.toBe("refuse");
      expect(kinds(plan).includes("discardPending")).toBe(
        applies &&
          plan.warnings.some(({ code }) => code === "foreign-pending-changes") &&
          desired.options.foreignPendingChanges === "discard",
      );
      if (othersChanges.length > 0 && !applies) expect(plan.warnings.map(({ code }) => code)).toContain("foreign-left-pending");
    });
  });

  test("records first, then files, then keys, then the one job, and waits last", () => {
    const order = [
      "discardPending",
      "record",
      "openDirectory place mend retire",
      "setKey unsetKey",
      "applyPending restart",
      "awaitRunning",
    ];
    eachPlan((_one, plan) => {
      const ranks = plan.steps.map(({ kind }) => order.findIndex((group) => group.split(" ").includes(kind)));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      if (plan.steps.length > 0) expect(kinds(plan)).toContain("record");
    });
  });

  test("touches only packages that are listed, recorded as ours, or to be retired", () => {
    eachPlan(({ desired, seen }, plan) => {
      for (const step of plan.steps) {
        if (step.kind !== "retire") continue;
        const ours = seen.record?.files[step.fileName]?.directory === step.directory;
        expect(ours || (desired.options.unlistedConnectors === "retire" && step.directory === desired.directory)).toBe(true);
        expect(step.directory === desired.directory && desired.connectors.some(({ fileName }) => fileName === step.fileName)).toBe(false);
      }
    });
  });
});

describe("refusals are complete and no more than that", () => {
  const conditions: readonly [FindingCode, (one: Case, plan: Plan) => boolean][] = [
    [
      "topology-differs",
      ({ desired, seen }) => !desired.options.allowPartialCluster && [...desired.nodes].sort().join() !== [...seen.topology].sort().join(),
    ],
    ["version-too-old", ({ desired, seen }) => desired.connectors.length > 0 && !isAtLeast(seen.version, "2019.4")],
    [
      "owned-by-another-stack",
      ({ desired, seen }) => {
        const owner = seen.record?.owner;
        return owner?.stack === "shop/other" && owner.earlierTokens === undefined && !desired.options.takeOver;
      },
    ],
    [
      "copied-state",
      ({ desired, seen }) => seen.record?.owner.earlierTokens?.includes(desired.owner.token) === true && !desired.options.takeOver,
    ],
    ["owned-by-another-resource", ({ desired, seen }) => seen.record?.owner.urn === "urn:rival" && !desired.options.takeOver],
    [
      "not-delivered",
      ({ seen }, { steps }) =>
        steps.some(
          (step) =>
            step.kind === "place" &&
            !seen.nodes.some(
              ({ name, stored }) => name === step.node && stored.some(({ sha256, intact }) => sha256 === step.sha256 && intact === true),
            ),
        ),
    ],
    [
      "unmanaged-file",
      ({ desired, seen }) =>
        seen.nodes.some(({ packages }) =>
          packages.some((found) => {
            const listed = desired.connectors.find(({ fileName }) => fileName === found.fileName && found.directory === desired.directory);
            if (listed === undefined) return false;
            const managed = desired.options.overwriteUnmanaged || seen.record?.files[found.fileName]?.directory === found.directory;
            return found.form === "folder" || (found.sha256 !== listed.sha256 && !managed);
          }),
        ),
    ],
    ["pending-topology", ({ seen }, { steps }) => seen.pending.topology && steps.some(({ kind }) => kind === "applyPending")],
    [
      "foreign-pending-changes",
      ({ desired, seen }, { steps }) => {
        const keys = steps.flatMap((step) => (step.kind === "setKey" || step.kind === "unsetKey" ? [step.key] : []));
        const othersChanges = seen.pending.othersChanges.length > 0 || seen.pending.ours.some((key) => !keys.includes(key));
        return keys.length > 0 && othersChanges && !seen.pending.topology && desired.options.foreignPendingChanges === "refuse";
      },
    ],
  ];

  test("each where its condition holds, and nowhere else", () => {
    const counts = new Map(conditions.map(([code]) => [code, { refused: 0, accepted: 0 }]));
    fc.assert(
      fc.property(cases, (one) => {
        const plan = planActivation(one.desired, one.seen);
        for (const [code, condition] of conditions) {
          const refused = plan.refusals.some((finding) => finding.code === code);
          expect({ code, refused }).toEqual({ code, refused: condition(one, plan) });
          const count = counts.get(code);
          if (count !== undefined) count[refused ? "refused" : "accepted"] += 1;
        }
      }),
      runs,
    );
    // None of them is true of too few cases, or of nearly all.
    for (const [code, { refused, accepted }] of counts) {
      expect({ code, enough: Math.min(refused, accepted) > 8 }).toEqual({ code, enough: true });
    }
  });
});
