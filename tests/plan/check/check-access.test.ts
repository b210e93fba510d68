import { checkAccess } from "../../../provider/plan/check/check-access";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { SeenDirectory } from "../../../provider/plan/seen";
import { codesOf } from "../support/findings";
import { desiredServer, node, seenServer } from "../support/servers";

const ours = linuxLayout.connectors;
const at = (path: string, parts: Partial<SeenDirectory> = {}): SeenDirectory => {
  return { path, exists: true, parentExists: true, traversable: true, ...parts };
};
const unsafe = { unsafe: { folder: "/opt", owner: "anna", mode: "0777" } };
const listed = { accessList: true } as const;

test.each<[string, SeenDirectory, string[], string[]]>([
  ["nobody else can write", at(ours), [], []],
  ["others can exchange what lies there", at(ours, unsafe), ["directory-unsafe node2"], []],
  ["others can, where nothing is placed", at("/srv/other", unsafe), [], ["directory-unsafe node2"]],
  ["an access list keeps Tableau out", at(ours, { ...listed, traversable: false }), ["directory-closed node2"], []],
  ["an access list lets Tableau in", at(ours, listed), [], []],
  ["closed without an access list: that is opened", at(ours, { traversable: false }), [], []],
  ["an access list where nothing is placed", at("/srv/other", { ...listed, traversable: false }), [], []],
  ["both", at(ours, { ...unsafe, ...listed, traversable: false }), ["directory-unsafe node2", "directory-closed node2"], []],
])("a folder: %s", (_name, directory, refusals, warnings) => {
  const found = checkAccess(
    desiredServer(),
    seenServer({ nodes: [node("node1"), node("node2", { directories: [at("/srv/fine"), directory] })] }),
  );
  expect({ refusals: codesOf(found.refusals), warnings: codesOf(found.warnings) }).toEqual({ refusals, warnings });
});

test.each([
  ["the folder itself", { folder: ours, owner: "anna", mode: "0777" }, ": it belongs to anna and has mode 0777"],
  ["a folder above", { folder: "/opt", owner: "anna", mode: "0777" }, ": /opt belongs to anna and has mode 0777"],
  ["one that does not tell", { folder: "/opt", owner: "", mode: "" }, ": /opt cannot be told to be safe"],
])("says whose it is: %s", (_name, parts, expected) => {
  const seen = seenServer({ nodes: [node("node1", { directories: [at(ours, { unsafe: parts })] })] });
  expect(checkAccess(desiredServer(), seen).refusals[0]?.message).toContain(expected);
});
