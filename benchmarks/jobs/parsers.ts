import { hostileText, type Shape } from "../../tests/patterns/support/hostile-texts";
import { findParsers, type Parser } from "../../tests/patterns/support/parsers";
import { atMost } from "./compare";
import type { Goal, Job, Row } from "./job";

const sizes = [
  { length: 100_000, most: 50 },
  { length: 200_000, most: 100 },
] as const;

/** Every parser with each of its hostile texts. Of a folder of the provider the slowest counts. */
export const parsers: Job = {
  name: "parsers",
  title: "Every parser with hostile texts of 100,000 and 200,000 characters: the slowest text of the slowest parser, in processor time.",
  async run({ say }) {
    const { parsers: found } = findParsers();
    const rooms = [...new Set(found.map(roomOf))];
    const rows: Row[] = [];
    const goals: Goal[] = [];
    for (const room of rooms) {
      const ofRoom = found.filter((parser) => roomOf(parser) === room);
      for (const { length, most } of sizes) {
        const taken = await slowestOf(ofRoom, length);
        const texts = ofRoom.reduce((sum, { shapes }) => sum + shapes.length, 0);
        const ofCase = `${room}, ${length} characters`;
        rows.push({
          case: ofCase,
          contestant: "pulumi-tableau",
          unit: "ms",
          values: [taken.milliseconds],
          note: `${ofRoom.length} parsers, ${texts} texts; ${taken.name}, ${JSON.stringify(taken.shape.first + taken.shape.piece)}`,
        });
        goals.push(atMost(ofCase, taken.milliseconds, most, " ms"));
        say(`${ofCase}: ${taken.milliseconds.toFixed(1)} ms, ${taken.name}, ${JSON.stringify(taken.shape)}`);
      }
    }
    return { rows, goals };
  },
};

function roomOf({ name }: Parser): string {
  return name.includes("/") ? name.split("/", 1).join("") : "leaves";
}

interface Taken {
  readonly name: string;
  readonly shape: Shape;
  readonly milliseconds: number;
}

async function slowestOf(ofRoom: readonly Parser[], length: number): Promise<Taken> {
  let slowest: Taken = { name: "", shape: { first: "", piece: "" }, milliseconds: 0 };
  for (const { name, shapes, parse } of ofRoom) {
    for (const shape of shapes) {
      const milliseconds = await bestOf(3, () => parse(hostileText(shape, length)), slowest.milliseconds);
      if (milliseconds > slowest.milliseconds) slowest = { name, shape, milliseconds };
    }
  }
  return slowest;
}

/** The least of some runs: what else the machine does only adds to it. A run that is faster than `known` ends it. */
async function bestOf(times: number, work: () => unknown, known: number): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < times && least > known; run++) {
    const start = process.cpuUsage();
    try {
      await work();
    } catch {
      // A refusal.
    }
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
