import { join } from "node:path";
import { ours, runOurs, type OursReport } from "../contestants/ours";
import type { Task } from "../contestants/contestant";
import { Field } from "../field/field";
import { writePackages } from "../field/packages";
import { atMost } from "./compare";
import type { Job, Row } from "./job";
import { roundTrips } from "./round-trips";
import { spread } from "../report/statistics";

const sizes = [1, 2, 5, 10, 25, 50];

/** One server of more and more nodes. */
export const scaleNodes: Job = {
  name: "scale-nodes",
  title: "Drift check of 5 connectors on 1 to 50 nodes, at 0 ms.",
  async run({ runs, say }) {
    const rows: Row[] = [];
    const checks = new Map<number, OursReport>();
    for (const nodes of sizes) {
      const field = await Field.start(nodes);
      try {
        const folder = join(field.folder, "packages");
        const task: Task = { how: "apply", folder, packages: writePackages(folder, 5, "1.0.0") };
        await ours.settle(field, task);
        const before = await field.counts();
        const reports: OursReport[] = [];
        for (let run = 1; run <= runs; run += 1) reports.push(await runOurs(field, { ...task, how: "check" }));
        const after = await field.counts();
        const last = reports.at(-1);
        if (last !== undefined) checks.set(nodes, last);
        const perRun = (name: "connections" | "sessions" | "bytesUp" | "bytesDown"): number =>
          Math.round((after[name] - before[name]) / runs);
        const counts = {
          connections: perRun("connections"),
          sessions: perRun("sessions"),
          bytesUp: perRun("bytesUp"),
          bytesDown: perRun("bytesDown"),
        };
        const values = reports.map(({ seconds }) => seconds);
        const note = `${roundTrips(last)} round trips, ${last?.megabytes.toFixed(0) ?? ""} MB`;
        rows.push({ case: `drift check, ${nodes} nodes`, contestant: "pulumi-tableau", unit: "s", values, counts, note });
        say(`${nodes} nodes: ${spread(values).median.toFixed(2)} s, ${note}`);
      } finally {
        await field.stop();
      }
    }
    const [one, most] = [checks.get(1), checks.get(50)];
    const goals = [
      atMost("connections of 50 nodes", most?.connections ?? Number.NaN, 50),
      atMost("round trips of 50 nodes over those of 1", roundTrips(most) - roundTrips(one), 0),
      atMost("memory for each further node", ((most?.megabytes ?? Number.NaN) - (one?.megabytes ?? Number.NaN)) / 49, 2, " MB"),
    ];
    return { rows, goals };
  },
};
