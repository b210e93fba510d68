import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as Ask from "../../../provider/host/ask";
import type * as Pool from "../../../provider/host/pool";
import type * as Time from "../../../provider/tsm/clock";
import type { RecordedDoor } from "./support/doors";
import { type Case, everyLie } from "./support/lies";
import { machineDoors } from "./support/machine-doors";
import { during } from "./support/current-run";
import { openWith } from "./support/outcome";
import { PlayingRun } from "./support/playing-run";
import { serverDoors } from "./support/server-doors";
import { Tally } from "./support/tally";
import { Territory } from "./support/territory";
import type * as Watched from "./support/watched-ask";

jest.mock("../../../provider/host/ask", () =>
  jest.requireActual<typeof Watched>("./support/watched-ask").watchedAsk(jest.requireActual<typeof Ask>("../../../provider/host/ask")),
);
jest.mock("../../../provider/host/pool", () =>
  jest.requireActual<typeof Watched>("./support/watched-ask").watchedPool(jest.requireActual<typeof Pool>("../../../provider/host/pool")),
);
jest.mock("../../../provider/tsm/clock", () =>
  jest.requireActual<typeof Watched>("./support/watched-ask").watchedClock(jest.requireActual<typeof Time>("../../../provider/tsm/clock")),
);

// The whole is every lie at every door, in the first answer and in the last; otherwise a sample that is the same each time.
const whole = process.env["PULUMI_TABLEAU_HOSTILE"] === "whole";

const provider = join(__dirname, "../../../provider");

/** The lie that takes the longest, where who hears it asks again and again: the sample has it once for every fifth line. */
const longest = "a million times";

/** Waits overlap; work does not. */
const atATime = 16;

jest.setTimeout(7_200_000);

interface Attempt {
  readonly door: RecordedDoor;
  readonly script: string;
  readonly when: "always" | "at last";
  readonly lie: Case;
}

describe("a node that answers with malice", () => {
  const territory = new Territory();
  const tally = new Tally();
  let doors: readonly RecordedDoor[];

  beforeAll(async () => {
    doors = [...(await serverDoors(territory)), ...(await machineDoors(territory))];
    territory.enter();
  });
  afterAll(() => {
    territory.leave();
    territory.remove();
    process.stdout.write(tally.table());
  });

  const asked = new Map<RecordedDoor, ReadonlySet<string>>();

  test("does its work where it tells the truth", async () => {
    for (const door of doors) {
      const run = new PlayingRun(door.tape);
      const result = await during(run, door.open);
      expect([door.name, typeof result === "number" ? result : 0, run.refusals]).toEqual([door.name, 0, []]);
      // What was seen once in this process is not asked for again.
      asked.set(door, run.asked);
    }
  });

  test("is refused with a code, or says what it might say truly, and nothing is written where it says", async () => {
    const before = territory.outside();
    const attempts = chosen(doors.flatMap((door) => attemptsAt(door, asked.get(door) ?? new Set(), territory.base)));
    await eachAtATime(attempts, async ({ door, script, when, lie }) => {
      territory.printed = "";
      const outcome = await openWith(door, { script, when, lie: lie.lie });
      tally.add({ door: door.name, script, line: lie.line, what: `${lie.what} (${when})`, why: lie.why }, outcome);
    });
    expect(tally.wrong.slice(0, 40)).toEqual([]);
    expect(territory.outside()).toEqual(before);
    expect(tally.fewerThan(whole ? 20 : 8)).toEqual([]);
  });

  test("is asked everything that nodes are asked", () => {
    expect(tally.scripts).toEqual(askedScripts());
  });
});

/** The names of all scripts whose answers are read. */
function askedScripts(): string[] {
  const files = readdirSync(provider, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const texts = files
    .map((file) => readFileSync(join(provider, file), "utf8"))
    .filter(
      (text) => /\b(?:ask|converse)\($/m.test(text) || /\b(?:ask|converse)\((?:host|initial), \{/.test(text) || /\baction\(\{$/m.test(text),
    );
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/^ +name: "([a-z-]+)",$/gm)].map(([, name = ""]) => name)))].sort();
}

function attemptsAt(door: RecordedDoor, asked: ReadonlySet<string>, outside: string): readonly Attempt[] {
  const tracks = [...door.tape].filter(([script]) => asked.has(script));
  return tracks.flatMap(([script, track]) =>
    everyLie(track, outside).flatMap((lie) => {
      const attempt = { door, script, lie };
      return track.answers.length > 1
        ? [
            { ...attempt, when: "always" as const },
            { ...attempt, when: "at last" as const },
          ]
        : [{ ...attempt, when: "always" as const }];
    }),
  );
}

/** Of each line of each script some fifteen lies, and as many of each text in it; of the next line the ones beside them. */
function chosen(attempts: readonly Attempt[]): readonly Attempt[] {
  if (whole) return attempts;
  const byLine = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const line = `${attempt.script} ${attempt.lie.line} ${attempt.lie.why === "a text" ? "text" : ""}`;
    const all = byLine.get(line) ?? [];
    all.push(attempt);
    byLine.set(line, all);
  }
  return [...byLine.values()].flatMap((all, nth) => {
    const others = all.filter(({ lie }) => lie.what !== longest);
    // Some of them change nothing, or are told to nobody.
    const step = Math.max(1, Math.floor(all.length / (all.length < 300 ? 30 : 17)));
    const long = nth % 5 === 0 ? all.filter(({ lie }) => lie.what === longest).slice(0, 1) : [];
    return [...others.filter((_one, i) => (i + nth) % step === 0), ...long];
  });
}

async function eachAtATime<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) await work(one);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
