import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliCommand } from "../../../../provider/cli/command";
import { doctor } from "../../../../provider/cli/doctor";
import { history } from "../../../../provider/cli/history";
import { restore } from "../../../../provider/cli/restore";
import { retry } from "../../../../provider/cli/retry";
import { trust } from "../../../../provider/cli/trust";
import { identifyFiles } from "../../../../provider/actions/fetch/identify-files";
import { fetch } from "../../../../provider/actions/fetch";
import { HostPool } from "../../../../provider/host/pool";
import { configLifecycle } from "../../../../provider/lifecycle/config";
import { identify } from "../../../../provider/lifecycle/config/identify";
import { toHosts } from "../../../../provider/lifecycle/server/to-target";
import { parse } from "../../../../provider/schema/read";
import { onServer } from "../../../../provider/schema/server";
import { certificateLifecycle } from "../../../../provider/lifecycle/certificate";
import { connectorLifecycle } from "../../../../provider/lifecycle/connector";
import { driverLifecycle } from "../../../../provider/lifecycle/driver";
import type { Lifecycle, Properties } from "../../../../provider/lifecycle/lifecycle";
import type { Services } from "../../../../provider/lifecycle/services";
import { TrustCache } from "../../../../provider/lifecycle/trust/trust-cache";
import { makeTaco } from "../../../../simulator";
import { strangeAuthority } from "../../../../simulator/authority/authorities";
import { World } from "../../../scenarios/support";
import { recorded, type RecordedDoor } from "./doors";
import type { Territory } from "./territory";

const timeouts = { connect: 2, command: 5, restart: 2, ready: 1 };

/** Everything that people do with a server, recorded on a simulated one of one node. */
export async function serverDoors(territory: Territory): Promise<RecordedDoor[]> {
  const world = await World.start({ nodes: 1 });
  try {
    return await record(world, territory);
  } finally {
    await world.stop();
  }
}

async function record(world: World, territory: Territory): Promise<RecordedDoor[]> {
  const doors: RecordedDoor[] = [];
  const real = new HostPool();
  const hostOf = (address: Parameters<HostPool["host"]>[0]): ReturnType<HostPool["host"]> => real.host(address);
  const { first, second } = await stateOf(world, territory);
  const of = (kind: keyof Inputs): Lifecycle => {
    const services = servicesIn(territory);
    const lifecycles = {
      connector: connectorLifecycle,
      driver: driverLifecycle,
      certificate: certificateLifecycle,
      config: configLifecycle,
    };
    return lifecycles[kind](services);
  };
  writeFileSync(world.livePath("node1", "stranger.taco"), makeTaco({ class: "stranger_jdbc", pluginVersion: "1.0.0" }));
  writeFileSync(world.livePath("node1", ".pulumi-tableau.left.part"), "left by a run that was interrupted");
  const on = <T>(name: string, open: () => Promise<T>): Promise<T> => recorded(doors, name, hostOf, open);

  const connector = await on("create a connector", () => of("connector").create(first.connector));
  await on("read a connector", () => of("connector").read(connector.id, connector.outs));
  await on("create a driver", () => of("driver").create(first.driver));
  await on("create a certificate", () => of("certificate").create(first.certificate));
  const config = await on("create a config", () => of("config").create(first.config));
  await on("read a config", () => of("config").read(config.id, config.outs));
  await on("update a connector", () => of("connector").update(connector.id, connector.outs, second.connector));
  const { outs: last } = await on("update a config", () => of("config").update(config.id, config.outs, second.config));

  const file = join(territory.given, "server.json");
  writeFileSync(file, JSON.stringify(world.cluster.server));
  const old = String(first.connector["sha256"]);
  const command = (name: string, cli: CliCommand, ...args: readonly string[]): Promise<number> =>
    on(name, () => cli.run([...args, "--server-file", file], territory.terminal));
  await command("doctor", doctor);
  await command("history", history);
  await command("trust export", trust, "export", "--output", join(territory.given, "cacerts"));
  await command("restore to a file", restore, old.slice(0, 12), "--output", join(territory.given, "restored.taco"));
  await command("restore", restore, old.slice(0, 12), "--yes");
  await command("retry", retry);
  // What was seen once in this process is not asked for again: here it is unknown each time.
  const path = `${world.cluster.paths.connectors}/stranger.taco`;
  await on("look into a stranger's package", async () => {
    const files = [{ path, sha256: randomBytes(32).toString("hex") }];
    for (const host of toHosts(new HostPool(), parse(onServer, first.config))) {
      await identifyFiles(host, files, identify, fetch, 5);
    }
  });
  await on("delete a config", () => of("config").delete(config.id, last));
  real.close();
  return doors;
}

interface Inputs {
  readonly connector: Properties;
  readonly driver: Properties;
  readonly certificate: Properties;
  readonly config: Properties;
}

/** Inputs of the resources, as an engine has them after their check, for two versions of the connector; nothing is left on the server. */
async function stateOf(world: World, territory: Territory): Promise<{ readonly first: Inputs; readonly second: Inputs }> {
  const stack = world.stack();
  const certificate = `-----BEGIN CERTIFICATE-----\n${strangeAuthority().root.certificate.toString("base64")}\n-----END CERTIFICATE-----\n`;
  const driver = join(territory.given, "a.jar");
  writeFileSync(driver, makeTaco({ class: "driver", pluginVersion: "1", signed: "none" }));
  const up = async (version: string): Promise<Inputs> => {
    const taco = join(mkdtempSync(join(territory.given, "package-")), "a_jdbc.taco");
    writeFileSync(taco, makeTaco({ class: "a_jdbc", pluginVersion: version }));
    const config = {
      timeouts,
      disableVerifyConnectorPluginSignature: version === "2.0.0",
      keys: { "gateway.timeout": version === "2.0.0" ? "7201" : "7202" },
    };
    const listed = { drivers: { jdbc: { source: driver } }, trust: { authority: { certificate, alias: "corporate ca" } } };
    const { errors } = await stack.up({ ...world.program({ a: taco }, config), ...listed });
    if (errors.length > 0) throw new Error(errors.join("\n"));
    const inputsOf = (name: string): Properties => stack.get(name)?.inputs ?? {};
    return { connector: inputsOf("a"), driver: inputsOf("jdbc"), certificate: inputsOf("authority"), config: inputsOf("config") };
  };
  const states = { first: await up("1.0.0"), second: await up("2.0.0") };
  const { errors } = await stack.destroy();
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return states;
}

/** Services of one run, with a cache of its own: nothing is known yet of what a server trusts. */
export function servicesIn(territory: Territory): Services {
  const cacheDirectory = mkdtempSync(join(territory.cache, "run-"));
  const note = (_urn: string, sentence: string): void => territory.terminal.out(`${sentence}\n`);
  return { pool: new HostPool(), voice: { say: note, warn: note, progress: note }, cacheDirectory, trust: new TrustCache(cacheDirectory) };
}
