import { spawnSync } from "node:child_process";
import { HostPool } from "../../../provider/host/pool";
import { useAsSh, shells } from "../support/shells";
import { names, runAll } from "./scripts";
import { placements, plants, Territory } from "./territory";

// The whole is every plant at every name in every folder, in every shell; otherwise a sample that is the same each time.
const whole = process.env["PULUMI_TABLEAU_HOSTILE"] === "whole";
const missing =
  process.getuid?.() !== 0
    ? "it needs root"
    : ["setpriv", "mknod", "mkfifo", "perl"].find((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);

jest.setTimeout(600_000);

(missing === undefined ? describe : describe.skip)(
  `a user of the node without rights${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    const cases = placements.flatMap((placement) => plants.flatMap((plant) => names.map((name) => ({ placement, plant, name }))));

    describe.each(shells())("where sh is %s", (shell) => {
      useAsSh(shell);
      const mine = cases.filter((_, index) => whole || index % 81 === shells().indexOf(shell) * 27);

      test(`gains nothing by what lies in a live folder, ${String(mine.length)} times`, async () => {
        const host = new HostPool().host({ name: "node1", privilege: "none" });
        for (const { placement, plant, name } of mine) {
          const territory = new Territory(placement);
          try {
            territory.plant(plant, name);
            const answers = await runAll(host, territory);
            expect({ placement, plant, name, harm: territory.harm(answers) }).toEqual({ placement, plant, name, harm: [] });
          } finally {
            territory.remove();
          }
        }
      });
    });
  },
);
