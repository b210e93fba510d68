import type { OursReport } from "../contestants/ours";

// A session is opened, then its command is started and answers: two round trips. A further script in a kept shell costs one; a drift
// check, of which this is asked, has none.
const ofSession = 2;

/** Round trips that have to follow each other on one node after its connection stands: those that overlap count once. */
export function roundTrips(report: OursReport | undefined): number {
  const scripts = report?.scriptsRun ?? [];
  const nodes = [...new Set(scripts.map(({ node }) => node))];
  return Math.max(0, ...nodes.map((node) => ofSession * longestChain(scripts.filter((script) => script.node === node))));
}

interface Script {
  readonly begun: number;
  readonly ended: number;
}

// As many as can be picked of which each begins after the one before has ended.
function longestChain(scripts: readonly Script[]): number {
  let length = 0;
  let end = -1;
  for (const script of [...scripts].sort((a, b) => a.ended - b.ended)) {
    if (script.begun < end) continue;
    length += 1;
    end = script.ended;
  }
  return length;
}
