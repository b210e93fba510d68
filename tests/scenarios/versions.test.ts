import { assertDemo, demoPackages, World } from "./support";

// One release of each kind: before signatures, before the shared folder, with it, and with the rule of the highest version.
test.each(["2019.4", "2020.4", "2021.1", "2021.2", "2022.2", "2024.2", "2025.1"])(
  "the demo's sequence on Tableau Server %s",
  async (version) => {
    const world = await World.start({ version, nodes: 1 });
    try {
      await assertDemo(world, demoPackages(world));
    } finally {
      await world.stop();
    }
  },
);
