import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { HostPool } from "../../../provider/host/pool";
import { shells, useAsSh } from "../support/shells";
import { type Keytool, keytools, makeJre, runAllOnTrust, trustNames } from "./jre";
import { machineNames, names, runAll, runAllOnMachine } from "./scripts";
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

const cases = placements.flatMap((placement) => plants.flatMap((plant) => names.map((name) => ({ placement, plant, name }))));

interface Case {
  readonly placement: Placement;
  readonly plant: Plant;
  readonly name: string;
  readonly folder?: string;
}

/** All that any of the cases has done, so that one run shows every kind of it. */
async function harmBy(some: readonly Case[], work: (territory: Territory) => Promise<string>): Promise<object[]> {
  const found: object[] = [];
  for (const { placement, plant, name, folder } of some) {
    const territory = new Territory(placement, folder);
    try {
      territory.plant(plant, name);
      const harm = territory.harm(await work(territory));
      if (harm.length > 0) found.push({ placement, plant, name, harm });
    } catch (error) {
      found.push({ placement, plant, name, error });
    } finally {
      territory.remove();
    }
  }
  return found;
}

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
        const some = cases.filter((_, index) => index % (whole ? 2 : 96) === 0);
        expect(await harmBy(some, (territory) => runAll(sudo.host, territory))).toEqual([]);
      } finally {
        sudo.remove();
      }
    });

    describe.each(shells())("where sh is %s", (shell) => {
      useAsSh(shell);
      const turn = shells().indexOf(shell);
      const mine = cases.filter((_, index) => whole || index % 81 === turn * 27);
      const loops = exchanges.filter((_, index) => whole || index % shells().length === turn);

      test(`gains nothing by what lies in a live folder, ${String(mine.length)} times`, async () => {
        const host = new HostPool().host({ name: "node1", privilege: "none" });
        expect(await harmBy(mine, (territory) => runAll(host, territory))).toEqual([]);
      });

      test("gains nothing by what lies in the folder of a person's machine where root places a connector", async () => {
        const host = new HostPool().host({ name: "machine", privilege: "none" });
        const placement = "the user's folder in a folder of the user";
        const placed = plants.flatMap((plant) => machineNames.map((name) => ({ placement, plant, name, folder: "Connectors" }) as const));
        const some = placed.filter((_, index) => whole || index % 15 === turn * 5);
        expect(await harmBy(some, (territory) => runAllOnMachine(host, territory))).toEqual([]);
      });

      test("gains nothing by what lies in the folder of a trust store, nor by a keytool of its own", async () => {
        const host = new HostPool().host({ name: "node1", privilege: "none" });
        const folder = "jre/lib/security";
        const runWith = (keytool: Keytool) => async (territory: Territory) => {
          makeJre(territory, keytool);
          return await runAllOnTrust(host, territory);
        };
        const planted = placements.flatMap((placement) =>
          plants.flatMap((plant) => trustNames.map((name) => ({ placement, plant, name }))),
        );
        const some = planted.filter((_, index) => whole || index % 63 === turn * 21);
        expect(
          await harmBy(
            some.map((one) => ({ ...one, folder })),
            runWith("honest"),
          ),
        ).toEqual([]);
        const own = { placement: "the user's folder in a folder of root", plant: "a file", name: "cacerts", folder } as const;
        for (const keytool of keytools) expect([keytool, await harmBy([own], runWith(keytool))]).toEqual([keytool, []]);
      });

      test.each(loops)("gains nothing by exchanging %s in a loop", async (_what, placement, swaps) => {
        const host = new HostPool().host({ name: "node1", privilege: "none" });
        const territory = new Territory(placement);
        try {
          territory.plant("a file", "x.taco");
          await whileSwapping(swaps(territory), async () => {
            for (let i = 0; i < (whole ? 40 : 2); i += 1) expect(territory.harm(await runAll(host, territory))).toEqual([]);
          });
          expect(territory.harm("")).toEqual([]);
        } finally {
          territory.remove();
        }
      });
    });
  },
);
