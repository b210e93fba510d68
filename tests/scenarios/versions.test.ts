import { assertDemo, assertShortLife, demoPackages, isWhole, World } from "./support";

// One release of each kind: before signatures, before the shared folder, with it, and with the rule of the highest version.
const kinds = ["2019.4", "2021.1", "2021.2", "2025.1"];
// PULUMI_TABLEAU_SCENARIOS=whole runs the demo's sequence, on further releases too; without it the sequence is the shortest one that asks
// tsm everything.
const releases = isWhole ? [...kinds, "2020.4", "2022.2", "2024.2"] : kinds;

test.each(releases)("the life of a server of Tableau Server %s", async (version) => {
  const world = await World.start({ version, nodes: 1 });
  try {
    await (isWhole ? assertDemo(world, demoPackages(world)) : assertShortLife(world, demoPackages(world)));
  } finally {
    await world.stop();
  }
});
