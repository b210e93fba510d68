import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { HostPool } from "../../../provider/host/pool";
import { shells, useAsSh } from "../support/shells";
import { type Keytool, keytools, makeJre, runAllOnTrust, trustNames } from "./jre";
import { liveNames, machineNames, names, runAll, runAllOnMachine } from "./scripts";
import { sudoHost } from "./sudo-host";
import { type Swap, whileSwapping } from "./swapper";
import { type Placement, placements, type Plant, plants, Territory } from "./territory";

// The whole is every plant at every name in every folder, in every shell; otherwise a sample that is the same each time.
const whole = process.env["PULUMI_TABLEAU_HOSTILE"] === "whole";
const missing =
  process.getuid?.() !== 0
    ? "it needs root"
    : ["setpriv", "mknod", "mkfifo", "perl"].find((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);

jest.setTimeout(3_600_000);

/** What the user has put at some names of one folder. */
interface Case {
  readonly placement: Placement;
  readonly planted: readonly (readonly [name: string, plant: Plant])[];
  readonly folder?: string;
}

type Names = Readonly<Record<"apart" | "alone", readonly string[]>>;

/** Every plant at every name. Names that stand for themselves come together, each with a plant of its own. */
function casesOf(placement: Placement, { apart, alone }: Names, folder?: string): readonly Case[] {
  const inFolder = folder === undefined ? {} : { folder };
  return plants.flatMap((plant, k) => [
    { placement, planted: apart.map((name, i) => [name, plants[(k + 4 * i) % plants.length] ?? plant] as const), ...inFolder },
    ...alone.map((name) => ({ placement, planted: [[name, plant] as const], ...inFolder })),
  ]);
}

/** All that any of the cases has done, so that one run shows every kind of it. */
async function harmBy(some: readonly Case[], work: (territory: Territory) => Promise<string>): Promise<object[]> {
  const found: object[] = [];
  for (const { placement, planted, folder } of some) {
    const territory = new Territory(placement, folder);
    try {
      for (const [name, plant] of planted) territory.plant(plant, name);
      const harm = territory.harm(await work(territory));
      if (harm.length > 0) found.push({ placement, planted, harm });
    } catch (error) {
      found.push({ placement, planted, error });
    } finally {
      territory.remove();
    }
  }
  return found;
}

// Each sample meets every placement, and every plant but at a trust store, where one is missing.
const sampled = (all: readonly Case[], step: number): readonly Case[] => all.filter((_, index) => whole || index % step === 0);
const placed = placements.flatMap((placement) => casesOf(placement, liveNames));
const cases = {
  sudo: placed.filter((_, index) => whole || index % 84 === 42),
  live: sampled(placed, 21),
  machine: sampled(casesOf("the user's folder in a folder of the user", machineNames, "Connectors"), 3),
  trust: sampled(
    placements.flatMap((placement) => casesOf(placement, trustNames, "jre/lib/security")),
    23,
  ),
};

const exchanges: readonly (readonly [string, Placement, (territory: Territory) => Swap[]])[] = [
  [
    "what lies under the names of files",
    "the user's folder in a folder of root",
    ({ live, secret, missing: nothing }) =>
      names.map((name) => ({
        path: join(live, name),
        among: ["file", { linkTo: secret }, { linkTo: "/dev/zero" }, "pipe", { linkTo: nothing }, "folder"],
      })),
  ],
  [
    "the live folder and one of root's",
    "the user's folder in a folder of the user",
    ({ live, closed, base }) => [{ path: live, among: ["folder", { linkTo: closed }, { linkTo: join(base, "root") }] }],
  ],
  [
    "root's live folder and another of root's",
    "root's folder in a folder of the user",
    ({ live, closed, base }) => [{ path: live, among: ["folder", { linkTo: closed }, { linkTo: join(base, "root") }] }],
  ],
  [
    "root's live folder and one for root alone",
    "root's folder in a folder of the user",
    (territory) => {
      territory.shut(`${territory.live}.aside0`);
      return [{ path: territory.live, among: ["folder"] }];
    },
  ],
  [
    "the live folder and one of root's, where everybody may",
    "root's folder in a folder in which everybody may write",
    ({ live, base }) => [{ path: live, among: ["folder", { linkTo: join(base, "root") }] }],
  ],
  [
    "the files that a link of root's leads to",
    "root's folder with links into the user's",
    ({ base, secret }) =>
      names.map((name) => ({ path: join(base, "home", name), among: ["file", { linkTo: secret }, { linkTo: "/dev/zero" }, "pipe"] })),
  ],
  [
    "a folder beside the live one",
    "root's folder in a folder in which everybody may write",
    ({ live, base }) => [{ path: join(dirname(live), "more"), among: ["folder", { linkTo: join(base, "root") }] }],
  ],
];

(missing === undefined ? describe : describe.skip)(
  `a user of the node without rights${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    test("gains nothing where a login user becomes root by sudo", async () => {
      const sudo = sudoHost();
      if (sudo === undefined) return;
      try {
        expect(await harmBy(cases.sudo, (territory) => runAll(sudo.host, territory))).toEqual([]);
      } finally {
        sudo.remove();
      }
    });

    describe.each(shells())("where sh is %s", (shell) => {
      useAsSh(shell);
      // Each shell has its share.
      const mine = <T>(all: readonly T[]): readonly T[] =>
        all.filter((_, index) => whole || index % shells().length === shells().indexOf(shell));

      test("gains nothing by what lies in a live folder", async () => {
        const host = new HostPool().host({ name: "node1", privilege: "none" });
        expect(await harmBy(mine(cases.live), (territory) => runAll(host, territory))).toEqual([]);
      });

      test("gains nothing by what lies in the folder of a person's machine where root places a connector", async () => {
        const host = new HostPool().host({ name: "machine", privilege: "none" });
        expect(await harmBy(mine(cases.machine), (territory) => runAllOnMachine(host, territory))).toEqual([]);
      });

      test("gains nothing by what lies in the folder of a trust store, nor by a keytool of its own", async () => {
        const host = new HostPool().host({ name: "node1", privilege: "none" });
        const runWith = (keytool: Keytool) => async (territory: Territory) => {
          makeJre(territory, keytool);
          return await runAllOnTrust(host, territory);
        };
        expect(await harmBy(mine(cases.trust), runWith("honest"))).toEqual([]);
        const own: Case = {
          placement: "the user's folder in a folder of root",
          planted: [["cacerts", "a file"]],
          folder: "jre/lib/security",
        };
        for (const keytool of mine(keytools)) expect([keytool, await harmBy([own], runWith(keytool))]).toEqual([keytool, []]);
      });

      test.each(mine(exchanges))("gains nothing by exchanging %s in a loop", async (_what, placement, swaps) => {
        const host = new HostPool().host({ name: "node1", privilege: "none" });
        const territory = new Territory(placement);
        try {
          territory.plant("a file", "x.taco");
          await whileSwapping(swaps(territory), async () => {
            for (let i = 0; i < (whole ? 40 : 1); i += 1) expect(territory.harm(await runAll(host, territory))).toEqual([]);
          });
          expect(territory.harm("")).toEqual([]);
        } finally {
          territory.remove();
        }
      });
    });
  },
);
