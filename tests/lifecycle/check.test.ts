import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { HostPool } from "../../provider/host/pool";
import { configLifecycle } from "../../provider/lifecycle/config";
import { digestOfTriggers, toDesired, tokensOf } from "../../provider/lifecycle/config/to-desired";
import { connectorLifecycle } from "../../provider/lifecycle/connector";
import type { Lifecycle, Properties } from "../../provider/lifecycle/lifecycle";
import type { Services } from "../../provider/lifecycle/services";
import { TrustCache } from "../../provider/lifecycle/trust/trust-cache";
import { unknownValue } from "../../provider/schema/unknown";
import { config as tables, type ConfigInputs } from "../../provider/schema/config";
import { parse } from "../../provider/schema/read";
import { makeTaco } from "../../simulator";

const folder = mkdtempSync(join(tmpdir(), "check-"));
const source = join(folder, "a_jdbc.taco");
const said: string[] = [];
const note = (_urn: string, sentence: string): void => void said.push(sentence);
const services: Services = {
  pool: new HostPool(),
  voice: { say: note, warn: note, progress: note },
  cacheDirectory: folder,
  trust: new TrustCache(folder),
};
const config = configLifecycle(services);
const connector = connectorLifecycle(services);

beforeAll(() => {
  writeFileSync(source, makeTaco({ class: "a_jdbc", pluginVersion: "1.2.3" }));
});
beforeEach(() => {
  said.length = 0;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const server = { name: "prod", nodes: [{ name: "node1" }, { name: "node2", host: "h2", user: "ops" }] };
const listed = {
  fileName: "a_jdbc.taco",
  sha256: "a".repeat(64),
  pluginClass: "a_jdbc",
  pluginVersion: "1.2.3",
  minVersionTableau: "2019.4",
  signature: { status: "signed", signers: [] },
};
const goodConfig = { server, connectors: [listed], __urn: "urn:pulumi:dev::shop::t::prod" };
const goodConnector = { server, source, requireSignature: false, __urn: "urn:pulumi:dev::shop::t::a" };

async function failures(lifecycle: Lifecycle, news: Properties): Promise<string[]> {
  return (await lifecycle.check({}, news)).failures.map(({ property, reason }) => `${property}: ${reason}`);
}

test("a good config has no failure, and all that a preview shows", async () => {
  const { inputs, failures: none } = await config.check({}, { ...goodConfig, connectors: [{ ...listed, origin: { server } }] });
  expect(none).toEqual([]);
  expect(inputs).toEqual({
    ...goodConfig,
    live: { node1: { "a_jdbc.taco": listed.sha256 }, node2: { "a_jdbc.taco": listed.sha256 } },
    loaded: "current",
    topology: ["node1", "node2"],
  });
  expect(said).toHaveLength(1);
});

test("a good connector has no failure, and all that a preview shows", async () => {
  const { inputs, failures: none } = await connector.check({}, goodConnector);
  expect(none).toEqual([]);
  expect(inputs).toMatchObject({ fileName: "a_jdbc.taco", pluginClass: "a_jdbc", pluginVersion: "1.2.3" });
  expect(inputs["delivered"]).toEqual({ node1: inputs["sha256"], node2: inputs["sha256"] });
});

test("everything wrong with a config is told at once, each by its path", async () => {
  const wrong = {
    server: {
      name: "",
      nodes: [
        { name: "n", host: "a b", user: "u" },
        { name: "n", host: "h", port: 70000 },
      ],
      version: "next",
      connectorsDirectory: "relative",
      stateDirectory: "/a/../b",
      privilege: "doas",
    },
    credentials: { tsmPassword: "s3cret\nmarker" },
    connectors: [listed, { ...listed, sha256: "ABC" }, { ...listed, fileName: ".x/y", pluginClass: "b" }],
    activation: "later",
    foreignPendingChanges: "yes",
    unlistedConnectors: 1,
    restartWindow: { from: "25:00", to: "3", timeZone: "Nowhere" },
    takeOver: "true",
    acceptBreaking: [1],
    timeouts: { connect: 0, restart: 1.5 },
    connectPluginsPath: "x\ny",
    disableVerifyConnectorPluginSignature: "no",
  };
  const all = await failures(config, wrong);
  expect(all).toMatchSnapshot();
  expect(all.join()).not.toContain("s3cret");
});

test("everything wrong with a connector is told at once, each by its path", async () => {
  expect(
    await failures(connector, { server: null, source: "ftp://x/y.zip", sha256: "1", fileName: ".a/b", requireSignature: 1 }),
  ).toMatchSnapshot();
});

test.each<[string, Properties, string]>([
  ["no server", { ...goodConnector, server: undefined }, "server"],
  ["no source", { ...goodConnector, source: undefined }, "source"],
  ["a source that is not there", { ...goodConnector, source: "/not/there.taco" }, "source"],
  ["another package than the pinned one", { ...goodConnector, sha256: "0".repeat(64) }, "sha256"],
  ["https without a pin", { ...goodConnector, source: "https://example.org/a.taco" }, "sha256"],
  ["an address that is none", { ...goodConnector, source: "https://", sha256: "0".repeat(64) }, "source"],
  ["a server that loads no packages", { ...goodConnector, server: { ...server, version: "2019.3" } }, "server.version"],
])("%s is a failure of %s", async (_name, news, property) => {
  expect((await failures(connector, news)).map((one) => one.split(":")[0])).toContain(property);
});

test("an address with a broken escape is a failure, not a crash", async () => {
  await expect(
    failures(connector, { ...goodConnector, source: "https://127.0.0.1:1/%zz.taco", sha256: "0".repeat(64) }),
  ).resolves.not.toEqual([]);
});

describe("in a preview", () => {
  const paths = (value: unknown): string[][] =>
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) => [[key], ...paths(inner).map((rest) => [key, ...rest])]);
  const replaced = (value: unknown, [key = "", ...rest]: readonly string[], by: unknown): unknown => {
    const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
    (copy as Record<string, unknown>)[key] = rest.length === 0 ? by : replaced((value as Record<string, unknown>)[key], rest, by);
    return copy;
  };
  const full = {
    ...goodConfig,
    credentials: { nodes: { node2: { privateKey: "k" } } },
    restartWindow: { days: ["sun"], from: "22:00", to: "04:00", timeZone: "Europe/Berlin" },
    restartTriggers: [1, { a: 2 }],
    acceptBreaking: ["x.taco"],
    connectPluginsPath: "/srv/c",
    disableVerifyConnectorPluginSignature: false,
    activation: "now",
    timeouts: { connect: 1 },
  };
  const fullConnector = { ...goodConnector, credentials: {}, fileName: "b.taco", trustStore: undefined };
  const old = {
    ...full,
    applied: { connectPluginsPath: null, disableVerifyConnectorPluginSignature: null },
    unlisted: [],
    live: {},
    loaded: "current",
  };

  test.each(
    paths(full)
      .filter(([first]) => first !== "__urn")
      .map((path) => [path.join("."), path] as const),
  )("%s of a config may be unknown", async (_name, path) => {
    const news = replaced(full, path, unknownValue) as Properties;
    const checked = await config.check({}, news);
    expect(checked.failures).toEqual([]);
    await expect(config.diff("id", old, checked.inputs)).resolves.toBeDefined();
  });

  test.each(
    paths(fullConnector)
      .filter(([first]) => !["__urn", "trustStore"].includes(first ?? ""))
      .map((path) => [path.join("."), path] as const),
  )("%s of a connector may be unknown", async (_name, path) => {
    expect((await connector.check({}, replaced(fullConnector, path, unknownValue) as Properties)).failures).toEqual([]);
  });

  test("nothing at all, whatever it is, ends in a crash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths(full)), fc.jsonValue({ maxDepth: 2 }), async (path, value) => {
        expect(Array.isArray((await config.check({}, replaced(full, path, value) as Properties)).failures)).toBe(true);
      }),
      { numRuns: 100, seed: 20261124 },
    );
  });

  test("an unknown source makes everything that comes of it unknown, and says so", async () => {
    const { inputs } = await connector.check({}, { ...goodConnector, source: unknownValue, fileName: "b.taco" });
    expect(inputs).toMatchObject({ sha256: unknownValue, pluginClass: unknownValue, delivered: unknownValue, fileName: "b.taco" });
    expect(said.join()).toContain("cannot be checked in preview");
  });

  test("a host that is not known yet hides neither names nor the sentence", async () => {
    const { inputs } = await config.check(
      {},
      { ...goodConfig, server: { ...server, nodes: [{ name: "node1", host: unknownValue, user: "u" }] } },
    );
    expect(inputs).toMatchObject({ topology: ["node1"] });
    expect(said.join()).toContain("on node1");
  });
});

describe("diff", () => {
  const checked = { ...goodConfig, live: { node1: {}, node2: {} }, loaded: "current" };
  test.each<[string, Properties, Properties, unknown]>([
    ["nothing is due", {}, {}, {}],
    ["an activation is due", { activationDue: "1 file" }, {}, { changes: true }],
    ["an activation is due and on hold", { activationDue: "1 file" }, { activation: "hold" }, {}],
  ])("%s", async (_name, olds, news, expected) => {
    expect(await config.diff("id", { ...checked, ...olds }, { ...checked, ...news })).toEqual(expected);
  });

  test("tells nothing where the applied key is what the program now names", async () => {
    const applied = { connectPluginsPath: "/srv/c", disableVerifyConnectorPluginSignature: null };
    await config.diff("id", { ...checked, applied, unlisted: [] }, { ...checked, connectPluginsPath: "/srv/c/" });
    expect(said).toEqual([]);
  });
});

describe("to-desired", () => {
  const inputsOf = (news: Properties): ConfigInputs => parse(tables.inputs, { ...news, live: {}, loaded: "current", topology: [] });

  test("digests of triggers tell values, not the order of properties", () => {
    expect(digestOfTriggers({ a: 1, b: [2, { c: 3, d: 4 }] })).toBe(digestOfTriggers({ b: [2, { d: 4, c: 3 }], a: 1 }));
    expect(digestOfTriggers([1, 2])).not.toBe(digestOfTriggers([2, 1]));
    expect([undefined, null, []].map(digestOfTriggers)).toEqual([null, null, null]);
  });

  test("defaults, and the stack from the URN", () => {
    expect(toDesired(inputsOf(goodConfig), tokensOf({ ownerToken: "t" }), "update")).toMatchSnapshot();
  });

  test("a removal wants nothing but what was before", () => {
    const { connectors, keys, triggers } = toDesired(
      inputsOf({ ...goodConfig, restartTriggers: [1] }),
      tokensOf({ ownerToken: "t" }),
      "delete",
    );
    expect({ connectors, keys: Object.values(keys), triggers }).toEqual({ connectors: [], keys: ["restore", "restore"], triggers: null });
  });
});
