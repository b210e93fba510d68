import { ansible, mitogen } from "../contestants/ansible";
import { ours } from "../contestants/ours";
import { installPeers } from "../contestants/peers";
import { pyinfra } from "../contestants/pyinfra";
import { shell } from "../contestants/shell";
import { Field } from "../field/field";
import { faster } from "./compare";
import type { Goal, Job, Row } from "./job";
import { race, type Race } from "./race";

const contestants = [ours, shell, pyinfra, mitogen, ansible];

/** How many times slower each peer is to be, by contestant, without and with a round trip of 20 ms. */
type Factors = Readonly<Record<string, readonly [none: number, twenty: number]>>;

const driftFactors: Factors = { ansible: [20, 15], "ansible + mitogen": [6, 6], pyinfra: [1.7, 1.7], "shell script": [1.5, 1.5] };
const firstFactors: Factors = { ansible: [18, 9], "ansible + mitogen": [6, 3], pyinfra: [2.5, 2], "shell script": [1, 1] };
// The script keeps no lock and no record, and cannot bring the old connector back: we may take 1.25 times its time.
const changeFactors: Factors = { "shell script": [0.8, 0.8] };

export const driftCheck = job("drift-check", "drift check", "Nothing has changed; does the tool see that?", 10, driftFactors);
export const firstDeployment = job(
  "first-deployment",
  "first deployment",
  "Five connectors, then one key and one apply.",
  10,
  firstFactors,
);
export const oneChanged = job("one-changed", "one changed", "One connector of five has changed.", 3, changeFactors);

function job(name: string, kind: Race["kind"], title: string, nodes: number, factors: Factors): Job {
  return {
    name,
    title,
    async run(options) {
      await installPeers();
      const field = await Field.start(nodes);
      const rows: Row[] = [];
      const goals: Goal[] = [];
      try {
        for (const [index, roundTripMilliseconds] of [0, 20].entries()) {
          const ofCase = `${kind}, ${nodes} nodes, ${roundTripMilliseconds} ms`;
          rows.push(...(await race(field, { case: ofCase, kind, contestants, roundTripMilliseconds }, options)));
          goals.push(...Object.entries(factors).map(([peer, factor]) => faster(rows, ofCase, peer, factor[index] ?? 0)));
        }
      } finally {
        await field.stop();
      }
      return { rows, goals };
    },
  };
}
