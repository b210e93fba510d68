import { planRollback } from "../../provider/plan/plan-rollback";
import { planActivation } from "../../provider/plan/plan-activation";
import type { SeenPackage, SeenServer } from "../../provider/plan/seen";
import { connector, desiredServer, node, packageOf, seenServer, stored } from "./support/servers";

const earlier = connector("a_jdbc");
const wanted = connector("a_jdbc", "2.0.0");
const foreign = { ...connector("a_jdbc", "9.9.9"), fileName: earlier.fileName };

const server = (...packages: SeenPackage[]): SeenServer =>
  seenServer({
    nodes: ["node1", "node2"].map((name) => ({ ...node(name, { packages }), stored: [stored(earlier), stored(wanted)] })),
  });
const files = (before: SeenServer, now: SeenServer): string[] =>
  planRollback(planActivation(desiredServer({ connectors: [wanted] }), before), before, now, "activating")
    .filter((step) => step.kind === "place" || step.kind === "retire")
    .map((step) => `${step.kind} ${step.node} ${step.kind === "place" ? step.sha256 : ""}`.trim());

test.each<[string, SeenPackage[], SeenPackage[], string[]]>([
  ["what was placed", [packageOf(earlier)], [packageOf(wanted)], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
  ["what was placed where nothing was", [], [packageOf(wanted)], ["retire node1", "retire node2"]],
  ["what has gone meanwhile", [packageOf(earlier)], [], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
  ["nothing, where nothing was placed yet", [packageOf(earlier)], [packageOf(earlier)], []],
  ["nothing of what somebody else put there", [packageOf(earlier)], [packageOf(foreign)], []],
  ["nothing of what somebody else put where nothing was", [], [packageOf(foreign)], []],
])("a rollback takes back %s", (_name, before, now, expected) => {
  expect(files(server(...before), server(...now))).toEqual(expected);
});

// The file before us is in the store of the node that placed first: the second one found the new file there already.
test.each<[string, readonly (string | undefined)[], string[]]>([
  ["by one node where both share the folder", ["7-1", "7-1"], [`place node1 ${earlier.sha256}`]],
  ["by each node where the folders are two", ["7-1", "8-1"], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
  ["by each node where nothing is told", [undefined, undefined], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
])("a rollback brings a file back %s", (_name, identities, expected) => {
  const at = (...packages: SeenPackage[]): SeenServer =>
    seenServer({
      nodes: ["node1", "node2"].map((name, i) => {
        const seen = node(name, { packages });
        const identity = identities[i];
        const directories = seen.directories.map((directory) => ({ ...directory, ...(identity === undefined ? {} : { identity }) }));
        return { ...seen, directories, stored: i === 0 ? [stored(earlier), stored(wanted)] : [stored(wanted)] };
      }),
    });
  expect(files(at(packageOf(earlier)), at(packageOf(wanted)))).toEqual(expected);
});
