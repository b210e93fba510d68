import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { planActivation } from "../../../provider/plan/plan-activation";
import { isRecorded, recordedFile } from "../../../provider/plan/record/recorded-file";
import type { RecordedFile } from "../../../provider/plan/record/record";
import type { DesiredConnector, DesiredServer } from "../../../provider/plan/desired";
import type { SeenPackage } from "../../../provider/plan/seen";
import { connector, desiredServer, digest, node, packageOf, recordOf, seenServer, stored } from "../support/servers";

const own = "/opt/tableau/tableau_server/packages/lib.20242";

/** What is retired on node2, and the warnings, where node2 has a file that only the record of node1 knows. */
function outcome(
  file: { readonly directory: string; readonly fileName: string; readonly form?: SeenPackage["form"] },
  parts: {
    readonly store?: "holds it" | "does not";
    readonly desired?: Partial<Omit<DesiredServer, "options">>;
    readonly says?: string;
  } = {},
): { readonly retired: string[]; readonly warnings: string[] } {
  const { directory, fileName, form = "file" } = file;
  const one: DesiredConnector = { ...connector("x"), fileName, sha256: digest("bytes on node2") };
  const recorded: RecordedFile = { directory, sha256: parts.says ?? one.sha256, pluginClass: "x", pluginVersion: "1", adopted: false };
  const record = recordOf([connector("a_jdbc")]);
  const usual = node("node2");
  const there = node("node2", {
    packages: [...usual.packages, packageOf(one, { directory, form })],
    stored: [...usual.stored, ...(parts.store === "holds it" ? [stored(one)] : [])],
  });
  const seen = seenServer({ nodes: [node("node1"), there], record: { ...record, files: { ...record.files, [fileName]: recorded } } });
  const { steps, warnings } = planActivation(desiredServer(parts.desired ?? {}), seen);
  return {
    retired: steps.flatMap((step) => (step.kind === "retire" ? [`${step.node}:${step.directory}/${step.fileName}`] : [])),
    warnings: warnings.map(({ code }) => code),
  };
}

const elsewhere: [string, string, SeenPackage["form"]][] = [
  ["/etc", "passwd", "file"],
  ["/etc", "passwd", "folder"],
  ["/", "etc", "folder"],
  [own, "ojdbc.jar", "file"],
  ["/home/anna", "draft.taco", "file"],
  ["/home/anna", "draft", "folder"],
  // Drivers of everybody lie there.
  [linuxLayout.drivers, "ojdbc.jar", "file"],
  [linuxLayout.connectors, "ojdbc.jar", "file"],
];

describe("a record that names a file of another node", () => {
  test.each(elsewhere)("has %s/%s (a %s) left where it lies, and says so, whatever digest it tells", (directory, fileName, form) => {
    const left = { retired: [], warnings: ["not-surely-ours"] };
    expect(outcome({ directory, fileName, form })).toEqual(left);
    expect(outcome({ directory, fileName, form }, { says: digest("another") })).toEqual(left);
  });

  test.each(elsewhere)("has %s/%s (a %s) retired where these bytes lie in the store of that node", (directory, fileName, form) => {
    const retired = [`node2:${directory}/${fileName}`];
    expect(outcome({ directory, fileName, form }, { store: "holds it" })).toEqual({ retired, warnings: [] });
  });

  test.each([
    ["the folder of the program", linuxLayout.connectors, {}],
    ["an own folder of a process", `${linuxLayout.processes}/vizqlserver/Connectors`, {}],
    ["the folder of the program as the state tells it", "/srv/earlier", { earlierDirectories: ["/srv/earlier"] }],
    ["the shared folder", linuxLayout.connectors, { directory: "/srv/connectors" }],
  ])("retires a connector in %s even if someone has changed it since", (_name, directory, desired) => {
    expect(outcome({ directory, fileName: "x.taco" }, { desired, says: digest("before") }).retired).toContain(`node2:${directory}/x.taco`);
  });
});

test.each([" true", "TRUE", "true", "1", "yes", "on", "true\t"])("verification is never given back as %j", (earlier) => {
  const record = recordOf([connector("a_jdbc")], { keys: { [disableVerifyKey]: { earlier, applied: "false" } } });
  const keys = { [connectPluginsPathKey]: { kind: "unknown" }, [disableVerifyKey]: { kind: "value", value: "false" } } as const;
  const desired = desiredServer({ keys: { [connectPluginsPathKey]: "left", [disableVerifyKey]: "restore" } });
  expect(planActivation(desired, seenServer({ record, keys })).steps).toEqual([]);
});

test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
  "a connector may be called %s: no record knows it by that alone",
  (fileName) => {
    const record = recordOf([connector("a_jdbc")]);
    expect(recordedFile(record, fileName)).toBeUndefined();
    expect(isRecorded(record, { directory: linuxLayout.connectors, fileName })).toBe(false);
    const folder = packageOf({ ...connector("x"), fileName }, { form: "folder", mode: "0755", sha256: digest("other") });
    const seen = seenServer({ record, nodes: [node("node1", { packages: [packageOf(connector("a_jdbc")), folder] }), node("node2")] });
    const desired = desiredServer({ connectors: [connector("a_jdbc"), { ...connector("x"), fileName }] });
    expect(planActivation(desired, seen).refusals.map(({ code }) => code)).toContain("unmanaged-file");
  },
);
