import { chmodSync, existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTaco } from "../../simulator";
import { loadConnectors, type LoadOptions } from "../../simulator/connectors/load-connectors";
import { linuxPlaces } from "../../simulator/nodes/places";
import { temporaryFolder } from "./support";

const shared = "/opt/tableau/connectors";
const data = "/var/opt/tableau/tableau_server/data/tabsvc";
const vizql = `${data}/vizqlserver/Connectors`;
const stranger = { name: "tableau", uid: 41001, gids: [41001] };

describe("loadConnectors", () => {
  let root = "";
  beforeEach(() => {
    root = temporaryFolder();
    chmodSync(root, 0o755);
  });
  afterEach(() => {
    if (existsSync(join(root, shared))) chmodSync(join(root, shared), 0o755);
    rmSync(root, { recursive: true });
  });

  const put = (path: string, bytes: Buffer, mode = 0o644): string => {
    const here = join(root, path);
    mkdirSync(dirname(here), { recursive: true });
    writeFileSync(here, bytes);
    chmodSync(here, mode);
    return here;
  };
  const taco = (pluginVersion: string, rest: Partial<Parameters<typeof makeTaco>[0]> = {}): Buffer =>
    makeTaco({ class: "a", pluginVersion, ...rest });
  const load = (options: Partial<LoadOptions> = {}): ReturnType<typeof loadConnectors> =>
    loadConnectors({
      node: "node1",
      root,
      places: linuxPlaces("", "20242.24.0807.0327"),
      release: "2024.2",
      pluginsPath: undefined,
      verification: "on",
      runAs: stranger,
      folderOrder: "name",
      unpackedFolders: "path",
      verifyPackage: undefined,
      ...options,
    });
  const versionsIn = async (process: string, options: Partial<LoadOptions>): Promise<string[]> =>
    (await load(options)).loaded.filter(({ processes }) => processes.includes(process)).map(({ pluginVersion }) => pluginVersion);

  test.each([
    { release: "2019.1", folder: shared, loads: [] },
    { release: "2019.4", folder: shared, loads: [] },
    { release: "2021.1", folder: shared, loads: [] },
    { release: "2021.2", folder: shared, loads: ["1.0"] },
    { release: "2024.2", folder: shared, loads: ["1.0"] },
    { release: "2019.3", folder: vizql, loads: [] },
    { release: "2019.4", folder: vizql, loads: ["1.0"] },
    { release: "2024.2", folder: vizql, loads: ["1.0"] },
    { release: "2019.3", folder: "/srv/connectors", loads: [] },
    { release: "2019.4", folder: "/srv/connectors", loads: ["1.0"] },
    { release: "2024.2", folder: "/srv/other", loads: [] },
  ])("$release reads $folder: $loads", async ({ release, folder, loads }) => {
    put(`${folder}/a.taco`, taco("1.0"));
    expect(await versionsIn("vizqlserver", { release, pluginsPath: "/srv/connectors/" })).toEqual(loads);
  });

  test("a folder with a manifest loads before there were packages", async () => {
    put("/srv/connectors/a/manifest.xml", Buffer.from("<connector-plugin class='a' plugin-version='3.0'>"));
    put("/srv/connectors/b/readme.txt", Buffer.from("nothing"));
    expect(await versionsIn("vizqlserver", { release: "2019.1", pluginsPath: "/srv/connectors" })).toEqual(["3.0"]);
  });

  test.each([
    { unpackedFolders: "path", folder: shared, loads: [] },
    { unpackedFolders: "path", folder: "/srv/connectors", loads: ["3.0"] },
    { unpackedFolders: "path-and-shared", folder: shared, loads: ["3.0"] },
    { unpackedFolders: "path-and-shared", folder: vizql, loads: [] },
    { unpackedFolders: "everywhere", folder: vizql, loads: ["3.0"] },
  ] as const)("a folder with a manifest in $folder, read $unpackedFolders: $loads", async ({ unpackedFolders, folder, loads }) => {
    put(`${folder}/a/manifest.xml`, Buffer.from("<connector-plugin class='a' plugin-version='3.0'>"));
    expect(await versionsIn("vizqlserver", { unpackedFolders, pluginsPath: "/srv/connectors" })).toEqual(loads);
  });

  test("Flow web authoring is flowminerva where the node has its folder", async () => {
    put(`${data}/flowminerva/Connectors/a.taco`, taco("1.0"));
    expect(await versionsIn("flowminerva", {})).toEqual(["1.0"]);
  });

  test.each([
    { process: "vizqlserver", loads: ["1.0"] },
    { process: "flowprocessor", loads: [] },
    { process: "flowqueryservice", loads: [] },
  ])("connect_plugins_path reaches $process: $loads", async ({ process, loads }) => {
    put("/srv/connectors/a.taco", taco("1.0"));
    expect(await versionsIn(process, { pluginsPath: "/srv/connectors" })).toEqual(loads);
  });

  // The first of a class, and from 2022.2 the highest version.
  test.each([
    { release: "2021.4", first: "1.0", second: "2.0", wins: "1.0" },
    { release: "2021.4", first: "2.0", second: "1.0", wins: "2.0" },
    { release: "2022.1", first: "1.9", second: "1.10", wins: "1.9" },
    { release: "2022.2", first: "1.9", second: "1.10", wins: "1.10" },
    { release: "2024.2", first: "2.0", second: "1.0", wins: "2.0" },
    { release: "2024.2", first: "1.0-2", second: "1.0-10", wins: "1.0-10" },
  ])("$release: of $first and then $second it takes $wins", async ({ release, first, second, wins }) => {
    put(`${shared}/a1.taco`, taco(first));
    put(`${shared}/a2.taco`, taco(second));
    const { loaded, rejected } = await load({ release });
    expect(loaded.map(({ pluginVersion }) => pluginVersion)).toEqual([wins]);
    expect(rejected.length).toBeGreaterThan(0);
  });

  test.each([
    { release: "2021.4", reason: "Class already registered: a" },
    { release: "2024.2", reason: "Class already registered: a" },
  ])("$release: of two equal versions the shared folder's is taken", async ({ release, reason }) => {
    put(`${shared}/z.taco`, taco("1.0"));
    put(`${vizql}/a.taco`, taco("1.0", { vendor: "Other" }));
    const { loaded, rejected } = await load({ release });
    expect(loaded.map(({ file }) => file)).toEqual([`${shared}/z.taco`]);
    expect(rejected).toEqual([{ node: "node1", file: `${vizql}/a.taco`, process: "vizqlserver", reason }]);
  });

  test.each([
    ["name", "one.taco"],
    ["reverse-name", "two.taco"],
    ["newest-first", "one.taco"],
  ] as const)("of equal versions in one folder, by %s, it takes %s", async (folderOrder, file) => {
    put(`${shared}/one.taco`, taco("1.0"));
    const other = put(`${shared}/two.taco`, taco("1.0", { vendor: "Other" }));
    utimesSync(other, 1, 1);
    expect((await load({ folderOrder })).loaded.map((connector) => connector.file)).toEqual([`${shared}/${file}`]);
  });

  test.each([
    { fileMode: 0o644, folderMode: 0o755, loads: true },
    { fileMode: 0o640, folderMode: 0o755, loads: false },
    { fileMode: 0o600, folderMode: 0o755, loads: false },
    { fileMode: 0o644, folderMode: 0o700, loads: false },
    { fileMode: 0o644, folderMode: 0o711, loads: false },
    { fileMode: 0o444, folderMode: 0o555, loads: true },
  ])("a file %o in a folder %o", async ({ fileMode, folderMode, loads }) => {
    const here = put(`${shared}/a.taco`, taco("1.0"), fileMode);
    chmodSync(dirname(here), folderMode);
    expect((await load()).loaded).toHaveLength(loads ? 1 : 0);
  });

  test("the owner may read what others may not", async () => {
    put(`${shared}/a.taco`, taco("1.0"), 0o600);
    expect((await load({ runAs: { name: "me", uid: process.getuid?.() ?? 0, gids: [] } })).loaded).toHaveLength(1);
  });

  test.each([
    { release: "2024.2", needs: "2024.2", loads: true },
    { release: "2024.2", needs: "2024.3", loads: false },
    { release: "2023.4", needs: "2024.1", loads: false },
  ])("$release and a package that needs $needs", async ({ release, needs, loads }) => {
    put(`${shared}/a.taco`, taco("1.0", { minVersionTableau: needs }));
    const { loaded, rejected } = await load({ release });
    expect(loaded).toHaveLength(loads ? 1 : 0);
    expect(rejected.map(({ reason }) => reason)).toEqual(loads ? [] : Array<string>(5).fill(`needs Tableau ${needs}`));
  });

  test("what is no package, or not named like one, is not loaded", async () => {
    put(`${shared}/broken.taco`, taco("1.0").subarray(0, 300));
    put(`${shared}/.a.taco.part`, taco("1.0"));
    const { loaded, rejected } = await load();
    expect(loaded).toEqual([]);
    expect(new Set(rejected.map(({ file, reason }) => `${file}: ${reason}`))).toEqual(
      new Set([`${shared}/broken.taco: not a readable package`]),
    );
  });

  test.each([
    { release: "2019.4", signed: "none", verification: "on", reason: undefined },
    { release: "2020.1", signed: "none", verification: "on", reason: "not signed" },
    { release: "2024.2", signed: "none", verification: "off", reason: undefined },
    { release: "2024.2", signed: "fake", verification: "on", reason: "not trusted" },
    { release: "2024.2", signed: "fake", verification: "off", reason: undefined },
  ] as const)("$release, signed $signed, verification $verification: $reason", async ({ release, signed, verification, reason }) => {
    put(`${vizql}/a.taco`, taco("1.0", { signed }));
    const { loaded } = await load({ release, verification, verifyPackage: () => "not trusted" });
    expect(loaded.map((connector) => ({ usable: connector.usable, reason: connector.reason }))).toEqual([
      { usable: reason === undefined, reason },
    ]);
  });
});
