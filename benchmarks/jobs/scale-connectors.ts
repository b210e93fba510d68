import { join } from "node:path";
import type { Task } from "../contestants/contestant";
import { forget, runOurs, type OursReport } from "../contestants/ours";
import { Field } from "../field/field";
import { writePackages } from "../field/packages";
import { spread } from "../report/statistics";
import { atMost } from "./compare";
import type { Goal, Job, Row } from "./job";
import { roundTrips } from "./round-trips";

const sizes = [1, 10, 100];

/** More and more connectors on three nodes. */
export const scaleConnectors: Job = {
  name: "scale-connectors",
  title: "First deployment and drift check of 1, 10 and 100 connectors on 3 nodes, at 0 ms.",
  async run({ runs, say }) {
    const field = await Field.start(3);
    const rows: Row[] = [];
    const checks = new Map<number, OursReport>();
    try {
      for (const size of sizes) {
        const folder = join(field.folder, `packages-${size}`);
        const task: Task = { how: "apply", folder, packages: writePackages(folder, size, "1.0.0") };
        const taken: Record<"first deployment" | "drift check", number[]> = { "first deployment": [], "drift check": [] };
        for (let run = 1; run <= runs; run += 1) {
          await field.wipe();
          forget(field);
          taken["first deployment"].push((await runOurs(field, task)).seconds);
          const check = await runOurs(field, { ...task, how: "check" });
          taken["drift check"].push(check.seconds);
          checks.set(size, check);
        }
        for (const [name, values] of Object.entries(taken)) {
          rows.push({ case: `${name}, ${size} connectors`, contestant: "pulumi-tableau", unit: "s", values });
          say(`${name}, ${size} connectors: ${spread(values).median.toFixed(2)} s`);
        }
      }
    } finally {
      await field.stop();
    }
    return { rows, goals: goals(rows, checks) };
  },
};

function goals(rows: readonly Row[], checks: ReadonlyMap<number, OursReport>): Goal[] {
  const time = (name: string, size: number): number => {
    return spread(rows.find((row) => row.case === `${name}, ${size} connectors`)?.values ?? []).median;
  };
  const most = checks.get(100);
  return [
    atMost("round trips of a drift check of 100 connectors over those of 1", roundTrips(most) - roundTrips(checks.get(1)), 0),
    atMost("scripts of a drift check of 100 connectors over those of 1", (most?.scripts ?? Number.NaN) - (checks.get(1)?.scripts ?? 0), 0),
    atMost(
      "first deployment of 100 connectors over ten times that of 10",
      time("first deployment", 100) / (10 * time("first deployment", 10)),
      1,
      " times",
    ),
    atMost(
      "drift check of 100 connectors over ten times that of 10",
      time("drift check", 100) / (10 * time("drift check", 10)),
      1,
      " times",
    ),
  ];
}
