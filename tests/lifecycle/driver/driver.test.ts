import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostPool } from "../../../provider/host/pool";
import { driverLifecycle } from "../../../provider/lifecycle/driver";
import type { Properties } from "../../../provider/lifecycle/lifecycle";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import { unknownValue } from "../../../provider/schema/unknown";
import { makeTaco } from "../../../simulator";

const folder = mkdtempSync(join(tmpdir(), "driver-"));
const source = join(folder, "a.jar");
writeFileSync(source, makeTaco({ class: "driver", pluginVersion: "1", signed: "none" }));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const server = { name: "prod", nodes: [{ name: "node1" }] };
const machine = { name: "anna" };
const said: string[] = [];
const note = (_urn: string, sentence: string): void => void said.push(sentence);
const lifecycle = driverLifecycle({
  pool: new HostPool(),
  voice: { say: note, warn: note, progress: note },
  cacheDirectory: folder,
  trust: new TrustCache(folder),
});

async function check(news: Properties): Promise<{ inputs: Properties; failures: string[] }> {
  said.length = 0;
  const { inputs, failures } = await lifecycle.check({}, { source, ...news, __urn: "urn:pulumi:dev::shop::T::one" });
  return { inputs, failures: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}

test("two drivers of one name on one machine are refused in preview, both named; on a server the config decides", async () => {
  const checked = async (news: Properties, name: string): Promise<unknown> =>
    (await lifecycle.check({}, { source, ...news, __urn: `urn:pulumi:two::shop::T::${name}` })).failures;
  expect(await checked({ machine }, "first")).toEqual([]);
  expect(await checked({ machine }, "second")).toEqual([
    {
      property: "fileName",
      reason: expect.stringMatching(/^is the file of two resources, "first" and "second" \(a\.jar in the usual folder/),
    },
  ]);
  expect(await checked({ machine: { ...machine, driversDirectory: "/opt/drivers" } }, "third")).toEqual([]);
  expect(await checked({ server }, "fourth")).toEqual([]);
  expect(await checked({ server }, "fifth")).toEqual([]);
});

test.each([
  [{}, ["server: is missing: expected `server`, as { name, nodes }, or `machine`, as { name, product?, connection?, … }"]],
  [
    { server: null, machine: undefined },
    ["server: is missing: expected `server`, as { name, nodes }, or `machine`, as { name, product?, connection?, … }"],
  ],
  [{ server, machine }, ["machine: is given beside `server`: expected one of the two; a driver for both is two resources"]],
  [{ server: unknownValue, machine }, ["machine: is given beside `server`: expected one of the two; a driver for both is two resources"]],
  [
    { server, overwriteUnmanaged: true },
    ["overwriteUnmanaged: goes with `machine` alone: on a server that of TableauServerPluginsConfig decides"],
  ],
  [{ machine, overwriteUnmanaged: "yes" }, ['overwriteUnmanaged: expected true or false, got "yes"']],
  [
    { machine: { ...machine, platform: "linux" } },
    ["machine.platform: Tableau Desktop does not exist for Linux, only for Windows and macOS."],
  ],
  [
    { machine: { ...machine, product: "bridge", platform: "macos" } },
    ["machine.platform: Tableau Bridge does not exist for macOS, only for Windows and Linux."],
  ],
  [
    { machine: { ...machine, driversDirectory: "Drivers" } },
    ['machine.driversDirectory: expected an absolute path on the machine, or one that begins with "~/", got "Drivers"'],
  ],
  [{ machine, sha256: "0".repeat(64) }, [expect.stringMatching(/^sha256: .*0{64}/)]],
  [
    { machine, fileName: "a.taco" },
    ['fileName: expected a name that ends in .jar, got "a.taco": Tableau loads JDBC drivers from .jar files'],
  ],
  [{ machine, fileName: `${"a".repeat(240)}.jar` }, ["fileName: expected at most 230 bytes"]],
])("%j is refused", async (news, expected) => {
  expect((await check(news)).failures).toEqual(expected);
});

test("a preview knows what a driver of either kind is and where it goes", async () => {
  const onMachine = await check({ machine });
  const sha256 = String(onMachine.inputs["sha256"]);
  expect(onMachine).toMatchObject({ failures: [], inputs: { fileName: "a.jar", placed: sha256, relaunch: "Tableau Desktop" } });
  expect(onMachine.inputs).not.toHaveProperty("delivered");
  expect(said).toEqual([
    `The driver a.jar (sha256 ${sha256.slice(0, 8)}) is to be among the drivers of Tableau Desktop on anna: an \`up\` places it. It loads when you relaunch Tableau Desktop.`,
  ]);
  const onServer = await check({ server });
  expect(onServer).toMatchObject({ failures: [], inputs: { sha256, delivered: { node1: sha256 } } });
  for (const name of ["placed", "relaunch"]) expect(onServer.inputs).not.toHaveProperty(name);
});

test.each([
  [{ machine }, { placed: unknownValue, relaunch: "Tableau Desktop" }],
  [{ machine: unknownValue }, { placed: unknownValue, relaunch: unknownValue }],
  [{ server }, { delivered: unknownValue }],
])("%j with a source that is not known yet", async (place, expected) => {
  const { inputs, failures } = await check({ ...place, source: unknownValue });
  expect({ inputs, failures }).toMatchObject({ inputs: { sha256: unknownValue, fileName: unknownValue, ...expected }, failures: [] });
  expect(said).toEqual([]);
});
