import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Program, World } from "./support";
import type { ClusterOptions } from "../../simulator";

const servers: readonly [string, Omit<ClusterOptions, "directory">][] = [
  ["Linux", { installationDirectory: "/srv/tableau/tableau_server", dataDirectory: "/srv/tableau data", nodes: 1 }],
  ["Windows", { platform: "windows", installationDirectory: "D:/Tableau/Tableau Server", dataDirectory: "D:/Tableau Data", nodes: 1 }],
  ["this machine, where the program names tsm", { transport: "local", nodes: 1 }],
];

describe.each(servers)("Tableau Server on %s, installed in another folder", (platform, options) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start(options);
  });
  afterAll(() => world.stop());

  const directory = platform === "Windows" ? { connectorsDirectory: "C:/Program Files/Tableau/Connectors" } : {};
  const program = (source: string, more: object = {}, server: object = {}): Program => {
    const base = world.program({ a: source });
    return { ...base, server: { ...base.server, ...directory, ...server }, connectors: { a: { source, ...more } } };
  };
  const refusalOf = async (wanted: Program): Promise<string> => {
    const before = await world.live();
    let errors: readonly string[] = [];
    const cost = await world.cost(async () => {
      ({ errors } = await world.stack().up(wanted));
    });
    expect(cost).toMatchObject({ restarts: 0, applies: 0, scripts: [] });
    expect(await world.live()).toEqual(before);
    return errors.join("\n");
  };
  const up = async (wanted: Program): Promise<void> => expect(await world.stack().up(wanted)).toMatchObject({ errors: [] });

  test("its trust store is found where its tsm is: a stranger's package is refused, a good one goes live", async () => {
    expect(await refusalOf(program(world.package("a_jdbc", "1.0.0", { signed: "untrusted" })))).toMatch(
      /was not delivered: its Tableau Server would refuse it\. .*trust/s,
    );
    await up(program(world.package("a_jdbc", "1.0.0")));
    expect(await world.loaded()).toEqual(world.cluster.nodes.map(() => ["a_jdbc 1.0.0"]));
  });

  test("where the trust store is missing nothing is delivered, and it is said where it was looked for", async () => {
    const { name = "" } = world.cluster.nodes.at(-1) ?? {};
    const store = world.cluster.nodePath(name, world.cluster.paths.trustStore);
    cpSync(store, join(world.folder, "cacerts"));
    rmSync(store);
    const wanted = program(world.package("a_jdbc", "2.0.0"));
    const refusal = await refusalOf(wanted);
    expect(refusal).toContain(
      `[${name}] a_jdbc.taco was not delivered: Tableau Server's trust store was not found (looked for ${world.cluster.paths.trustStore})`,
    );
    expect(refusal).toContain("as `trustStore`, or say `requireSignature: false`");
    rmSync(dirname(dirname(dirname(store))), { recursive: true });
    const [packages = ""] = world.cluster.paths.trustStore.split("/repository.");
    expect(await refusalOf(wanted)).toContain(`(looked for repository.*/jre/lib/security/cacerts below ${packages})`);
  });

  const { dataDirectory: data } = options;
  if (data === undefined) return;

  test("no connector is placed where the own folders of processes usually are", async () => {
    const server = { placement: "perProcess", connectorsDirectory: undefined };
    const { errors } = await world.stack().up(program(world.package("a_jdbc", "1.0.0"), { requireSignature: false }, server));
    expect(errors.join("\n")).toContain(`The folders of Tableau Server's processes are below ${data}/data/tabsvc`);
  });
  if (platform !== "Linux") return;

  test("connectors in the own folders of its processes are told", async () => {
    const own = `${data}/data/tabsvc/vizqlserver/Connectors`;
    const theirs = world.cluster.nodePath("node1", own);
    mkdirSync(theirs, { recursive: true });
    cpSync(world.package("theirs_jdbc", "1.0.0"), join(theirs, "theirs.taco"));
    await up(program(world.package("a_jdbc", "1.1.0"), { requireSignature: false }));
    expect(world.said.join("\n")).toContain(`[node1] Below ${data}/data/tabsvc lie connectors in the own folders of processes`);
    rmSync(theirs, { recursive: true });
  });

  test("without a trust store on a node, the program says what trust is judged by, or that it is not judged", async () => {
    const stranger = world.package("a_jdbc", "2.0.0", { signed: "untrusted" });
    const trustStore = join(world.folder, "cacerts");
    expect(await refusalOf(program(stranger, { trustStore }))).toContain("trust");
    await up(program(world.package("a_jdbc", "2.0.0"), { trustStore }));
    expect(world.said.join("\n")).toContain(`trust in the signer of a_jdbc.taco was judged by ${trustStore} alone`);
    await up(program(stranger, { requireSignature: false }));
    expect(world.said.join("\n")).toContain("(requireSignature is false)");
  });
});
