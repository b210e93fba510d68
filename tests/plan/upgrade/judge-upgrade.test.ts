import { linuxLayout } from "../../../provider/plan/placement/layout";
import { judgeUpgrade, type Fate } from "../../../provider/plan/upgrade/judge-upgrade";
import type { PlacedPackage } from "../../../provider/plan/upgrade/placed-package";

const shared = linuxLayout.connectors;
const vizql = `${linuxLayout.processes}/vizqlserver/Connectors`;
const path = "/opt/tableau/more";

const placed = (fileName: string, rest: Partial<PlacedPackage> = {}): PlacedPackage => ({
  directory: shared,
  fileName,
  form: "file",
  sha256: fileName,
  readable: true,
  pluginClass: "a_jdbc",
  pluginVersion: "1.0",
  vendorInformation: "present",
  ...rest,
});

interface World {
  readonly from: string;
  readonly to: string;
  readonly packages: readonly PlacedPackage[];
  /** Names of files whose signature the release in use, and the one to come, refuse. */
  readonly refused?: readonly [readonly string[], readonly string[]];
}

function judge({ from, to, packages, refused = [[], []] }: World, nodes: readonly string[] = ["node1"]): Fate[] {
  const refusals =
    (names: readonly string[]) =>
    (_node: string, { fileName }: PlacedPackage): string[] =>
      names.includes(fileName) ? ["It is signed badly."] : [];
  return judgeUpgrade({
    inUse: { release: from, pluginsPath: path, refusals: refusals(refused[0]) },
    toCome: { release: to, pluginsPath: path, refusals: refusals(refused[1]) },
    nodes: nodes.map((name) => ({ name, packages })),
  });
}

const [old, young] = [placed("old.taco"), placed("young.taco", { pluginVersion: "2.0" })];
const cases: readonly (readonly [string, World, Readonly<Record<string, Fate["state"]>>])[] = [
  ["nothing changes", { from: "2024.2", to: "2025.1", packages: [old] }, { "old.taco": "keeps" }],
  ["a signature is refused", { from: "2024.3", to: "2025.1", packages: [old], refused: [[], ["old.taco"]] }, { "old.taco": "stops" }],
  [
    "a signature is refused already",
    { from: "2024.3", to: "2025.1", packages: [old], refused: [["old.taco"], ["old.taco"]] },
    { "old.taco": "stays out" },
  ],
  [
    "a signature is accepted then",
    { from: "2024.3", to: "2025.1", packages: [old], refused: [["old.taco"], []] },
    { "old.taco": "starts" },
  ],
  [
    "the first of a class is the winner no more",
    { from: "2022.1", to: "2022.2", packages: [old, placed("young.taco", { pluginVersion: "2.0", directory: vizql })] },
    // The other processes do not read the second one's folder.
    { "old.taco": "stops", "young.taco": "starts" },
  ],
  [
    "two in one folder were chance",
    { from: "2022.1", to: "2022.2", packages: [old, young] },
    { "old.taco": "stops", "young.taco": "keeps" },
  ],
  [
    "a refused one hides the other all the same",
    { from: "2022.1", to: "2022.2", packages: [old, young], refused: [[], ["young.taco"]] },
    { "old.taco": "stops", "young.taco": "stops" },
  ],
  [
    "two of one version stay chance",
    { from: "2024.2", to: "2025.1", packages: [old, placed("twin.taco")] },
    { "old.taco": "stays chance", "twin.taco": "stays chance" },
  ],
  [
    "two of one version become chance",
    { from: "2021.1", to: "2021.2", packages: [old, placed("twin.taco")] },
    { "old.taco": "starts", "twin.taco": "starts" },
  ],
  [
    "the same bytes twice are one package",
    { from: "2022.1", to: "2022.2", packages: [old, placed("copy.taco", { sha256: "old.taco" })] },
    { "old.taco": "keeps", "copy.taco": "keeps" },
  ],
  ["the shared folder is read from then on", { from: "2021.1", to: "2021.2", packages: [old] }, { "old.taco": "starts" }],
  [
    "and hides what lies in the folder of a process",
    { from: "2021.1", to: "2021.2", packages: [old, placed("own.taco", { directory: vizql })] },
    { "old.taco": "starts", "own.taco": "stops" },
  ],
  [
    "packages load from then on",
    { from: "2019.3", to: "2019.4", packages: [placed("a.taco", { directory: path })] },
    { "a.taco": "starts" },
  ],
  [
    "it needs a later one",
    { from: "2024.2", to: "2025.1", packages: [placed("a.taco", { minVersionTableau: "2025.2" })] },
    { "a.taco": "stays out" },
  ],
  [
    "it needs that one",
    { from: "2024.2", to: "2025.1", packages: [placed("a.taco", { minVersionTableau: "2025.1" })] },
    { "a.taco": "starts" },
  ],
  [
    "vendor information is demanded",
    { from: "2019.4", to: "2020.1", packages: [placed("a.taco", { directory: vizql, vendorInformation: "missing" })] },
    { "a.taco": "stops" },
  ],
  ["nobody can read it", { from: "2024.2", to: "2025.1", packages: [placed("a.taco", { readable: false })] }, { "a.taco": "stays out" }],
  [
    "an unpacked one in the folder of the path key",
    { from: "2019.1", to: "2025.1", packages: [placed("a", { directory: path, form: "folder" })] },
    { a: "keeps" },
  ],
  ["an unpacked one elsewhere", { from: "2024.2", to: "2025.1", packages: [placed("a", { form: "folder" })] }, { a: "stays out" }],
];

describe("judgeUpgrade", () => {
  test.each(cases)("%s", (_what, world, states) => {
    expect(Object.fromEntries(judge(world).map(({ found, state }) => [found.fileName, state]))).toEqual(states);
  });

  test("every fate but a good one says why, and what stops says what to do", () => {
    const fates = cases.flatMap(([, world]) => judge(world));
    for (const { state, text, next } of fates) {
      expect([state, text === ""]).toEqual([state, state === "keeps"]);
      if (state === "stops") expect(next).not.toBe("");
    }
  });

  test("what is the same on several nodes is said once", () => {
    const fates = judge({ from: "2024.2", to: "2025.1", packages: [old] }, ["node1", "node2"]);
    expect(fates.map(({ nodes }) => nodes)).toEqual([["node1", "node2"]]);
  });
});
