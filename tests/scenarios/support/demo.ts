import { appendFileSync, existsSync } from "node:fs";
import { isAtLeast } from "../../../simulator/release";
import { nothing, type World } from "./world";

/** What the sequence deploys: made once for each world. */
export interface DemoPackages {
  readonly a1: string;
  readonly a2: string;
  readonly b1: string;
  readonly c1: string;
}

export function demoPackages(world: World): DemoPackages {
  return {
    a1: world.package("a_jdbc", "1.0.0"),
    a2: world.package("a_jdbc", "1.1.0"),
    b1: world.package("b_jdbc", "2.0.0"),
    c1: world.package("c_jdbc", "3.0.0"),
  };
}

/**
 * The demo's sequence, with a key among its changes: first deployment, again, one connector changed, a file tampered
 * with on the last node, repaired, one dropped and another added together with a key, destroy. After each step the
 * cluster's own counts and what every node has loaded.
 */
export async function assertDemo(world: World, { a1, a2, b1, c1 }: DemoPackages): Promise<void> {
  const stack = world.stack();
  const flag = (disableVerifyConnectorPluginSignature: string): Record<string, unknown> => ({
    disableVerifyConnectorPluginSignature: disableVerifyConnectorPluginSignature === "off",
  });
  const { version } = await world.cluster.state();
  const shared = ["/opt/tableau/connectors", "C:/Program Files/Tableau/Connectors"];
  const readsByItself = shared.includes(world.cluster.paths.connectors) && isAtLeast(version, "2021.2");
  const up = async (...program: Parameters<World["program"]>): ReturnType<World["cost"]> =>
    await world.cost(async () => {
      expect(await stack.up(world.program(...program))).toMatchObject({ errors: [] });
    });
  const assertLoaded = async (...wanted: string[]): Promise<void> => {
    for (const loaded of await world.loaded()) expect(loaded).toEqual(wanted);
  };

  expect(await up({ a: a1, b: b1 })).toMatchObject({ restarts: 1, applies: readsByItself ? 0 : 1 });
  await assertLoaded("a_jdbc 1.0.0", "b_jdbc 2.0.0");
  expect(await up({ a: a1, b: b1 })).toEqual(nothing);

  expect(await up({ a: a2, b: b1 }, flag("off"))).toMatchObject({ restarts: 1, applies: 1 });
  await assertLoaded("a_jdbc 1.1.0", "b_jdbc 2.0.0");
  expect(await world.cost(async () => expect(await stack.refresh()).toMatchObject({ errors: [], steps: { config: "same" } }))).toEqual(
    nothing,
  );
  expect(await up({ a: a2, b: b1 }, flag("off"))).toEqual(nothing);

  const tampered = world.livePath(world.cluster.nodes.at(-1)?.name ?? "", "b_jdbc.taco");
  expect(existsSync(tampered)).toBe(true);
  appendFileSync(tampered, "tampered");
  expect(await stack.refresh()).toMatchObject({ errors: [], steps: { config: "refresh" } });
  expect((await stack.preview(world.program({ a: a2, b: b1 }, flag("off")))).steps).toMatchObject({ config: "update" });
  expect(await up({ a: a2, b: b1 }, flag("off"))).toMatchObject({ restarts: 1, applies: 0 });
  await assertLoaded("a_jdbc 1.1.0", "b_jdbc 2.0.0");

  const withPath = { ...flag("on"), connectPluginsPath: world.cluster.paths.connectors };
  expect(await up({ a: a2, c: c1 }, withPath)).toMatchObject({ restarts: 1, applies: 1 });
  await assertLoaded("a_jdbc 1.1.0", "c_jdbc 3.0.0");
  expect(await world.cost(async () => expect(await stack.refresh()).toMatchObject({ errors: [], steps: { config: "same" } }))).toEqual(
    nothing,
  );
  expect(await up({ a: a2, c: c1 }, withPath)).toEqual(nothing);

  const removal = await world.cost(async () => expect(await stack.destroy()).toMatchObject({ errors: [] }));
  expect(removal).toMatchObject({ restarts: 1 });
  await assertLoaded();
  expect(await world.live()).toEqual(world.cluster.nodes.map(() => ({})));
  expect(await world.cluster.state()).toMatchObject({ status: "RUNNING", pending: {} });
}

/**
 * The shortest life of a server that asks tsm everything: a first deployment with a key, again, one file changed alone, a look, destroy.
 */
export async function assertShortLife(world: World, { a1, a2, b1 }: DemoPackages): Promise<void> {
  const stack = world.stack();
  const up = async (connectors: Readonly<Record<string, string>>): ReturnType<World["cost"]> =>
    await world.cost(async () => {
      const program = world.program(connectors, { disableVerifyConnectorPluginSignature: true });
      expect(await stack.up(program)).toMatchObject({ errors: [] });
    });

  expect(await up({ a: a1, b: b1 })).toMatchObject({ restarts: 1, applies: 1 });
  for (const loaded of await world.loaded()) expect(loaded).toEqual(["a_jdbc 1.0.0", "b_jdbc 2.0.0"]);
  expect(await up({ a: a1, b: b1 })).toEqual(nothing);
  expect(await up({ a: a2, b: b1 })).toMatchObject({ restarts: 1, applies: 0 });
  for (const loaded of await world.loaded()) expect(loaded).toEqual(["a_jdbc 1.1.0", "b_jdbc 2.0.0"]);
  const look = await world.cost(async () => expect(await stack.refresh()).toMatchObject({ errors: [], steps: { config: "same" } }));
  expect(look).toEqual(nothing);
  const removal = await world.cost(async () => expect(await stack.destroy()).toMatchObject({ errors: [] }));
  expect(removal).toMatchObject({ restarts: 1 });
  expect(await world.live()).toEqual(world.cluster.nodes.map(() => ({})));
  expect(await world.cluster.state()).toMatchObject({ status: "RUNNING", pending: {} });
}
