import { connectPluginsPathKey, disableVerifyKey } from "../../provider/vocabulary/keys";
import type { DesiredServer } from "../../provider/plan/desired";
import { planActivation } from "../../provider/plan/plan-activation";
import { linuxLayout } from "../../provider/plan/placement/layout";
import type { KeySeen, SeenServer } from "../../provider/plan/seen";
import { fingerprint } from "../../provider/plan/compare/fingerprint";
import { claimant, connector, desiredServer, node, owner, packageOf, recordOf, seenServer, stored, stranger } from "./support/servers";
import { findings, kinds } from "./support/plans";

const a = connector("a_jdbc");
const vizql = "/var/opt/tableau/tableau_server/data/tabsvc/vizqlserver/Connectors";

describe("a plan as a whole", () => {
  const placing = desiredServer({ connectors: [a, connector("b_jdbc")] });
  const value = (text: string): KeySeen => ({ kind: "value", value: text });
  const off = { [connectPluginsPathKey]: { kind: "unset" }, [disableVerifyKey]: value("true") } as const;

  test("a record says why a restart is due, before anything is changed", () => {
    const { steps } = planActivation(placing, seenServer());
    expect(kinds(placing, seenServer())).toEqual(["record", "place node1", "place node2", "restart", "awaitRunning"]);
    const [record] = steps;
    expect(record?.kind === "record" ? record.restartRequired : []).toEqual(["b_jdbc.taco is new on node1", "b_jdbc.taco is new on node2"]);
    expect(steps.find(({ kind }) => kind === "restart")).toMatchObject({ why: record?.kind === "record" ? record.restartRequired : [] });
  });

  test("a stopped server stays so, and has nothing due", () => {
    const stopped = seenServer({ status: "STOPPED" });
    expect(kinds(placing, stopped)).toEqual(["record", "place node1", "place node2"]);
    expect(planActivation(placing, stopped).steps[0]).toEqual({ kind: "record", restartRequired: [] });
    expect(findings(placing, stopped)).toContain("warned: server-stopped");
    expect(findings(desiredServer(), stopped)).toEqual([]);
  });

  test("keys are applied by themselves, and say which", () => {
    const desired = desiredServer({ keys: { [connectPluginsPathKey]: { value: "/srv" }, [disableVerifyKey]: { value: "false" } } });
    const { steps } = planActivation(desired, seenServer({ keys: off }));
    expect(steps.map(({ kind }) => kind)).toEqual(["record", "setKey", "setKey", "applyPending", "awaitRunning"]);
    expect(steps[3]).toEqual({ kind: "applyPending", why: [`${connectPluginsPathKey} changes`, `${disableVerifyKey} changes`] });
    const restoring = desiredServer({ keys: { [connectPluginsPathKey]: "restore", [disableVerifyKey]: "left" } });
    const record = recordOf([a], { keys: { [connectPluginsPathKey]: { earlier: null, applied: "/srv" } } });
    const back = planActivation(restoring, seenServer({ record, keys: { ...off, [connectPluginsPathKey]: value("/srv") } }));
    expect(back.steps[1]).toMatchObject({ kind: "unsetKey" });
    expect(back.steps[2]).toMatchObject({ why: [`${connectPluginsPathKey} changes`] });
  });

  test("a record is written alone where nothing else differs", () => {
    expect(kinds(desiredServer(), seenServer({ record: null }))).toEqual(["record"]);
  });

  test.each<[string, DesiredServer["keys"][typeof disableVerifyKey], SeenServer["keys"][typeof disableVerifyKey], boolean]>([
    ["as the server has it", "left", value("TRUE"), true],
    ["as the program wants it", { value: "true" }, value("true"), true],
    ["not as the server has it", "left", value("false"), false],
    ["no longer", { value: "false" }, value("true"), false],
    ["not where nothing says so", "left", { kind: "unset" }, false],
  ])("verification that is off is told: %s", (_name, wish, now, expected) => {
    const desired = desiredServer({ keys: { [connectPluginsPathKey]: "left", [disableVerifyKey]: wish } });
    const seen = seenServer({ keys: { [connectPluginsPathKey]: { kind: "unset" }, [disableVerifyKey]: now } });
    expect(findings(desired, seen).includes("warned: verification-off")).toBe(expected);
  });

  test("a set that was rolled back is refused, until it or the server is another", () => {
    const rolledBack = { fingerprint: fingerprint(placing, seenServer()), at: "2026-01-01", why: "it did not start" };
    const nodes = [node("node1"), node("node2")].map((one) => ({ ...one, stored: [stored(a), stored(connector("b_jdbc"))] }));
    const seen = seenServer({ nodes, record: recordOf([a], { rolledBack }) });
    expect(findings(placing, seen)).toEqual(["refused: rolled-back-before"]);
    expect(findings({ ...placing, options: { ...placing.options, claim: "delete" } }, seen)).toEqual([]);
    expect(findings(placing, { ...seen, version: "2024.3" })).toEqual([]);
    expect(findings({ ...placing, triggers: "1" }, seen)).toEqual([]);
    expect(findings(placing, { ...seen, record: recordOf([a]) })).toEqual([]);
    const done = nodes.map((one) => ({ ...one, packages: [packageOf(a), packageOf(connector("b_jdbc"))] }));
    expect(findings(placing, { ...seen, nodes: done })).toEqual([]);
  });

  test("every refusal and every warning is told, not the first", () => {
    const elsewhere = { folder: "/data", packages: "some" } as const;
    const unsafe = { unsafe: { folder: "/opt", owner: "anna", mode: "0777" } };
    const at = (path: string): SeenServer["nodes"][number]["directories"][number] => ({
      path,
      exists: true,
      parentExists: true,
      traversable: true,
      ...unsafe,
    });
    const broken = node("node1", {
      directories: [at(linuxLayout.connectors), at("/srv/other")],
      packages: [
        stranger("s.taco", { pluginClass: "a_jdbc", pluginVersion: "9", signed: false }),
        stranger("o.taco", { pluginClass: "a_jdbc", pluginVersion: "0.1", signed: true }, { directory: vizql }),
      ],
      stored: [],
      processesElsewhere: elsewhere,
    });
    const folder = { ...connector("c_jdbc"), fileName: "c_jdbc" };
    const desired = desiredServer({
      connectors: [a, folder],
      keys: { [connectPluginsPathKey]: "left", [disableVerifyKey]: { value: "false" } },
      owner: { ...claimant, rivals: ["urn:rival"] },
    });
    const seen = seenServer({
      nodes: [broken],
      topology: ["node1"],
      keys: off,
      pending: { ours: [], foreign: ["x"], topology: false },
      record: recordOf([], { owner: { ...owner, urn: "urn:rival", token: "t" } }),
    });
    expect(findings(desired, seen)).toEqual([
      "refused: topology-differs",
      "refused: owned-by-another-resource",
      "refused: directory-unsafe",
      "refused: directory-not-read",
      "refused: unsigned-folder",
      "refused: not-delivered",
      "refused: not-delivered",
      "refused: shadowed",
      "refused: foreign-pending-changes",
      "refused: breaks-unlisted",
      "warned: duplicate-class",
      "warned: processes-elsewhere",
      "warned: directory-unsafe",
    ]);
  });

  test("what is told and not refused", () => {
    const moved = { ...owner, stack: "shop/prod", urn: "urn:pulumi:prod::shop::t::prod" };
    const jar = { ...connector("x"), fileName: "x.jar" };
    const onC = node("node1", { packages: [packageOf(jar, { directory: "/srv" })], installedIn: "C:/Tableau" });
    const seen = seenServer({
      nodes: [onC],
      topology: ["node1"],
      pending: { ours: [], foreign: ["x"], topology: false },
      record: recordOf([], {
        owner: moved,
        files: { "x.jar": { directory: "/srv", sha256: jar.sha256, pluginClass: "", pluginVersion: "", adopted: false } },
      }),
    });
    expect(
      findings(
        desiredServer({
          nodes: ["node1"],
          directory: "D:/c",
          keys: { [connectPluginsPathKey]: { value: "D:/c" }, [disableVerifyKey]: "left" },
          options: { foreignPendingChanges: "apply" },
        }),
        seen,
      ),
    ).toEqual(["warned: owner-renamed", "warned: other-drive", "warned: not-surely-ours", "warned: foreign-pending-changes"]);
  });
});
