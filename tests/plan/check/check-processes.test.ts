import { checkProcesses } from "../../../provider/plan/check/check-processes";
import { codesOf } from "../support/findings";
import { desiredServer, node, seenServer } from "../support/servers";

const elsewhere = (packages: "some" | "none"): ReturnType<typeof node> =>
  node("node2", { processesElsewhere: { folder: "/data/tabsvc", packages } });

test.each([
  ["the usual place", desiredServer(), node("node2"), [], []],
  ["the usual place, placed there", desiredServer({ placement: "perProcess" }), node("node2"), [], []],
  ["elsewhere, without connectors", desiredServer(), elsewhere("none"), [], []],
  ["elsewhere, with connectors", desiredServer(), elsewhere("some"), [], ["processes-elsewhere node2"]],
  ["elsewhere, and placed there", desiredServer({ placement: "perProcess" }), elsewhere("none"), ["processes-elsewhere node2"], []],
  [
    "elsewhere with connectors, and placed there",
    desiredServer({ placement: "perProcess" }),
    elsewhere("some"),
    ["processes-elsewhere node2"],
    [],
  ],
  ["nothing is to be loaded", desiredServer({ placement: "perProcess", connectors: [] }), elsewhere("some"), [], []],
] as const)("the folders of processes: %s", (_name, desired, second, refusals, warnings) => {
  const found = checkProcesses(desired, seenServer({ nodes: [node("node1"), second] }));
  expect([codesOf(found.refusals), codesOf(found.warnings)]).toEqual([refusals, warnings]);
});
