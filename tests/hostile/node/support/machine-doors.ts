import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HostPool } from "../../../../provider/host/pool";
import { desktopLifecycle } from "../../../../provider/lifecycle/machine";
import { driverLifecycle } from "../../../../provider/lifecycle/driver";
import { launcherLifecycle } from "../../../../provider/lifecycle/launcher";
import type { Lifecycle, Properties } from "../../../../provider/lifecycle/lifecycle";
import { makeTaco, startDesktop, type Desktop } from "../../../../simulator";
import { recorded, type RecordedDoor } from "./doors";
import { servicesIn } from "./server-doors";
import type { Territory } from "./territory";

/** Everything that people do with a program on a machine of theirs, recorded on a simulated one. */
export async function machineDoors(territory: Territory): Promise<RecordedDoor[]> {
  const desktop = await startDesktop({ directory: join(territory.given, "machine"), platform: "macos" });
  const real = new HostPool();
  try {
    return await record(desktop, real, territory);
  } finally {
    real.close();
    await desktop.stop();
  }
}

async function record(desktop: Desktop, real: HostPool, territory: Territory): Promise<RecordedDoor[]> {
  const doors: RecordedDoor[] = [];
  const { name: machine, product, connection } = desktop.machine;
  const { host, port, user, privateKey, hostKey } = connection;
  const life = async (
    name: string,
    of: () => Lifecycle,
    [first, second]: readonly [Properties, Properties],
    between: (outs: Properties) => void = () => undefined,
  ): Promise<void> => {
    const on = <T>(what: string, open: () => Promise<T>): Promise<T> =>
      recorded(doors, `${what} a ${name}`, (address) => real.host(address), open);
    const checked = async ({ machine: machineArgs = {}, ...rest }: Properties & { readonly machine?: Properties }): Promise<Properties> => {
      const { inputs, failures } = await of().check(
        {},
        {
          machine: { name: machine, product, host, port, user, ...machineArgs },
          credentials: { nodes: { [machine]: { privateKey, hostKey, dialErrorLimit: 1 } } },
          ...rest,
          __urn: `urn:pulumi:dev::test::pulumi-nodejs:dynamic/tableau:T::${name}`,
        },
      );
      if (failures.length > 0) throw new Error(JSON.stringify(failures));
      return inputs;
    };
    const made = await on("create", async () => await of().create(await checked(first)));
    between(made.outs);
    await on("read", () => of().read(made.id, made.outs));
    const next = await checked(second);
    const { outs } = await on("update", () => of().update(made.id, made.outs, next));
    await on("delete", () => of().delete(made.id, outs));
  };
  const file = (fileName: string, bytes: Buffer): string => {
    const path = join(mkdtempSync(join(territory.given, "package-")), fileName);
    writeFileSync(path, bytes);
    return path;
  };
  const taco = (pluginVersion: string): Properties => ({ source: file("a_jdbc.taco", makeTaco({ class: "a_jdbc", pluginVersion })) });
  const jar = (pluginVersion: string): Properties => ({
    source: file("a.jar", makeTaco({ class: "driver", pluginVersion, signed: "none" })),
  });
  const launch = (path: string): Properties => ({
    machine: { version: "2024.2", platform: "macos" },
    connectPluginsPath: path,
    disableVerifyConnectorPluginSignature: true,
  });
  await life(
    "connector of a machine",
    () => desktopLifecycle(servicesIn(territory)),
    [taco("1.0.0"), taco("2.0.0")],
    () => {
      writeFileSync(
        desktop.realPath(`${desktop.places.connectors}/stranger.taco`),
        makeTaco({ class: "another_jdbc", pluginVersion: "1.0.0" }),
      );
    },
  );
  await life("driver of a machine", () => driverLifecycle(servicesIn(territory)), [jar("1"), jar("2")]);
  await life("launcher", () => launcherLifecycle(servicesIn(territory)), [launch("/Users/anna/work"), launch("/Users/anna/other")]);
  return doors;
}
