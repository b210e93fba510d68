import type { FaultBench } from "./fault-bench";
import { interrupt, type Whole } from "./interrupt";
import type { FaultOperation } from "./operations";
import type { Blow } from "./point-pool";
import { reportRow } from "./report";

/** Interrupts an operation at points, one after the other, and puts what was found into the report; tells every failure. */
export async function interruptions(
  bench: FaultBench,
  operation: FaultOperation,
  blow: Blow,
  { whole, points, where }: { readonly whole: Whole; readonly points: readonly string[]; readonly where: string },
): Promise<readonly string[]> {
  const failures: string[] = [];
  const count = { converged: 0, most: 0, missed: 0, lost: 0, halfWritten: 0, foreign: 0 };
  // The operations go there and back: an even turn follows on the two without an interruption.
  let turn = 2;
  for (const label of points) {
    const at = { label, blow, restarts: whole.restarts };
    let { wrong, extra, struck } = await interrupt(bench, operation, turn++, at);
    // How often tsm is asked while the server comes back differs from run to run: a point that was not passed may be the next time.
    for (let more = 0; more < 3 && !struck && wrong.length === 0; more += 1) {
      ({ wrong, extra, struck } = await interrupt(bench, operation, turn++, at));
    }
    const says = (word: string): number => wrong.filter((what) => what.startsWith(word)).length;
    count.most = Math.max(count.most, extra);
    count.missed += struck ? 0 : 1;
    count.converged += wrong.length === 0 ? 1 : 0;
    count.lost += says("lost:");
    count.halfWritten += says("visible to the server:");
    count.foreign += says("somebody else's");
    failures.push(...wrong.map((what) => `${blow} at ${label}: ${what}`));
  }
  const figures = {
    converged: `${((100 * count.converged) / Math.max(1, points.length)).toFixed(1)} %`,
    "files lost": count.lost,
    "half written visible": count.halfWritten,
    "restarts more at most": count.most,
    "foreign applied or lost": count.foreign,
    "points not reached again": count.missed,
  };
  const row = { part: `interruption by ${blow}, ${where}`, what: operation.name, ran: points.length, of: whole.labels.length };
  reportRow({ ...row, failed: points.length - count.converged, failures, figures });
  // Where a single point is tried, it has to be reached.
  const mayMiss = points.length === 1 ? 0 : Math.max(1, points.length / 10);
  if (count.missed > mayMiss) failures.push(`${String(count.missed)} points were not reached again`);
  return failures;
}
