import { makeFleet } from "../../../provider/cli/fleet/make-fleet";
import { needsAPerson, type Fleet } from "../../../provider/cli/fleet/fleet.types";
import type { StackState } from "../../../provider/cli/fleet/stack-state";
import { config, digest, everyFinding, listed, now, onMachine, resource, stack, type Server } from "./states";

const server: Server = { name: "prod", hosts: ["a.example.com", "b.example.com"] };
const other: Server = { name: "test", hosts: ["t.example.com"] };
const a = (version: string): ReturnType<typeof listed> => listed({ name: "a_jdbc", version });
const fleet = (...stacks: readonly StackState[]): Fleet => makeFleet(stacks, "state", now);
const told = ({ findings }: Fleet): string[] => findings.map(({ kind, severity, text }) => `${severity} ${kind}: ${text}`);
const states = ({ rows }: Fleet): Record<string, string> =>
  Object.fromEntries(
    rows.flatMap(({ name, cells }) =>
      cells.map(({ place, version, states: some }) => [`${name} on ${place}`, `${version ?? "driver"} ${some.join(", ")}`]),
    ),
  );

describe("a fleet in which all is well", () => {
  const well = fleet(stack("prod", [config(server, [a("1.0.0")])]));

  it("is a row for each class and a column for each server", () => {
    expect(well).toMatchObject({
      schemaVersion: 1,
      at: now.toISOString(),
      source: "state",
      stacks: [{ name: "prod", places: 1, error: null, writtenAt: "2026-11-29T08:00:00.000Z" }],
      places: [
        {
          id: "prod::server::prod",
          kind: "server",
          nodes: ["node1", "node2"],
          release: "2024.2",
          status: "RUNNING",
          verification: "on",
          seen: { by: "state", at: "2026-11-28T08:00:00.000Z" },
        },
      ],
      rows: [
        {
          kind: "connector",
          name: "a_jdbc",
          newest: "1.0.0",
          cells: [{ version: "1.0.0", sha256: a("1.0.0").sha256, running: null, states: ["current"] }],
        },
      ],
    });
  });

  it("needs nobody, and says all the same what a state does not tell", () => {
    expect(told(well)).toEqual([]);
    expect(needsAPerson(well)).toBe(false);
    expect(well.notKnown).toEqual([{ kind: "not-told", stack: null, place: null, text: expect.stringContaining("`--look` asks the nodes") as string }]);
  });

  it("is the same through both front doors, and of an empty stack nothing is told", () => {
    const plugin = fleet(stack("prod", [config(server, [a("1.0.0")], {}, "plugin")]));
    expect(plugin).toEqual(well);
    expect(fleet(stack("empty", []))).toMatchObject({ places: [], rows: [], findings: [], notKnown: [], stacks: [{ places: 0 }] });
  });
}); // prettier-ignore

const live = (change: Record<string, Record<string, string>>): Record<string, unknown> => ({
  live: Object.fromEntries(["node1", "node2"].map((node) => [node, { "a_jdbc.taco": a("1.0.0").sha256, ...change[node] }])),
});
const on = (change: Record<string, unknown>, more = {}): Fleet =>
  fleet(stack("prod", [{ ...config(server, [a("1.0.0")], change), ...more }]));

describe("what needs a person", () => {
  test.each<[string, Fleet, string, RegExp]>([
    ["a changed file", on(live({ node2: { "a_jdbc.taco": digest("x") } })), "1.0.0 drift", /^act drift: prod: a_jdbc\.taco on node2 has digest [0-9a-f]{8}, expected [0-9a-f]{8} \(1\.0\.0\)\.$/],
    ["a missing file", on(live({ node1: { "a_jdbc.taco": "absent" } })), "1.0.0 drift", /^act drift: prod: a_jdbc\.taco 1\.0\.0 is missing on node1\.$/],
    ["another mode", on(live({ node1: { "a_jdbc.taco": `${a("1.0.0").sha256} (mode 0600, owner root: Tableau cannot read it)` } })), "1.0.0 drift", /^act drift: .*mode 0600/],
    ["a package that the program dropped and somebody brought back", on(live({ node1: { "b_jdbc.taco": `${digest("b")} (not listed)` } })), "1.0.0 current", /^act drift: prod: b_jdbc\.taco on node1 is not listed\.$/],
    ["a key that was changed", on({ connectPluginsPath: "/elsewhere", applied: { connectPluginsPath: "/elsewhere", disableVerifyConnectorPluginSignature: null }, remembered: { files: {}, confirmed: {}, keys: { "native_api.connect_plugins_path": { earlier: null, applied: "/opt/x" } }, answersForcedKeys: true, triggers: null, run: null, onServer: "yes" } }), "1.0.0 current", /^act drift: prod: connectPluginsPath is "\/elsewhere", expected "\/opt\/x"\.$/],
    ["a key that the program leaves to us", on({ loaded: "native_api.connect_plugins_path is not set instead of /opt/x" }), "1.0.0 current", /^act drift: prod: native_api/],
    ["another key of tsm", on({ keys: { "oauth.config.clients": "(another value)", "a.b": "kept" } }), "1.0.0 current", /^act drift: prod: oauth\.config\.clients differs\.$/],
    ["a node that joined", on({ topology: ["node1", "node2", "node9"] }), "1.0.0 current", /^act drift: prod: node9 is in the cluster and not in the program\.$/],
    ["a node that left", on({ topology: ["node1"] }), "1.0.0 current", /^act drift: prod: node2 is in the program and not in the cluster\.$/],
    ["a restart that is due", on({ loaded: "restart due since 2026-11-27T21:14:05.000Z", running: {} }), "1.0.0 restart-due", /^act restart: prod has had a restart due since 2026-11-27 21:14 UTC\.$/],
    ["one for something else", on({ loaded: "restart due since 2026-11-27T21:14:05.000Z" }), "1.0.0 current", /^act restart: /],
    ["verification that is off", on({ applied: { connectPluginsPath: null, disableVerifyConnectorPluginSignature: "true" } }), "1.0.0 current", /^act verification: prod loads connectors without verifying/],
    ["a release that verifies nothing", on({ tableauVersion: "2019.4" }), "1.0.0 current", /^act verification: .*before 2020\.1/],
    ["unlisted packages", on({ unlisted: ["node1/x.taco", "node2/x.taco"] }), "1.0.0 current", /^act unlisted: .*node1\/x\.taco and node2\/x\.taco\.$/],
    ["another owner", on({ loaded: "belongs to the stack p/q", ...live({ node1: { "a_jdbc.taco": digest("theirs") } }) }), "1.0.0 not-known", /^act ownership: prod belongs to the stack p\/q by now/],
    ["a failed operation", on({}, { initErrors: ["It failed.\nAnd more."] }), "1.0.0 current", /^act failed: The last operation on prod failed: It failed\.$/],
    ["a server that is degraded", on({ serverStatus: "DEGRADED" }), "1.0.0 current", /^act status: prod was DEGRADED/],
    ["one that is stopped", on({ serverStatus: "STOPPED" }), "1.0.0 current", /^note status: prod was stopped/],
    ["a change that waits, which is no drift", on({ activationDue: "1 file changes; activation is on hold", ...live({ node1: { "a_jdbc.taco": digest("old") } }), running: { a_jdbc: { sha256: digest("old"), version: "0.9" } } }), "1.0.0 waiting", /^note waiting: A change of prod waits: 1 file changes/],
    ["a certificate that ends, and no timestamp", fleet(stack("prod", [config(server, [listed({ name: "a_jdbc", version: "1.0.0", notAfter: "2027-01-15T00:00:00.000Z", timestamp: "none" })])])), "1.0.0 certificate-ends", /^act expiry: .*ends on 2027-01-15 .*no timestamp/],
    ["one that has ended", fleet(stack("prod", [config(server, [listed({ name: "a_jdbc", version: "1.0.0", notAfter: "2026-11-29T00:00:00.000Z", timestamp: "none" })])])), "1.0.0 certificate-ends", /^act expiry: .*ended on 2026-11-29/],
    ["one that a timestamp outlives", fleet(stack("prod", [config(server, [listed({ name: "a_jdbc", version: "1.0.0", notAfter: "2027-01-15T00:00:00.000Z" })])])), "1.0.0 certificate-ends", /^note expiry: .*Its timestamp keeps this version valid/],
  ])("%s", (_name, found, state, sentence) => {
    expect(told(found)).toEqual([expect.stringMatching(sentence)]);
    expect(states(found)["a_jdbc on prod::server::prod"]).toBe(state);
  }); // prettier-ignore

  it("no certificate that ends in more than 90 days, and none that a timestamp has outlived", () => {
    for (const [notAfter, timestamp] of [["2027-03-01T00:00:00.000Z", "none"], ["2026-11-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"]] as const) {
      expect(told(fleet(stack("prod", [config(server, [listed({ name: "a_jdbc", version: "1.0.0", notAfter, timestamp })])])))).toEqual([]);
    }
  }); // prettier-ignore

  it("a certificate that servers are to trust and that ends, and a store that lost it; and what a Java lacks", () => {
    const trusted = (one: Server): Record<string, unknown> =>
      resource("dynamic", "TableauTrustedCertificate", "ca", `${one.name}/ca`, {
        server: { name: one.name, nodes: [{ name: "node1", host: one.hosts[0], user: "tableau" }] },
        certificate: "ca.pem",
        alias: "our-ca",
        sha256: digest("ca"),
        subject: "CN=Our CA",
        notAfter: "2027-01-15T00:00:00.000Z",
        pem: "PEM",
        delivered: { node1: one === server ? "damaged" : digest("ca") },
      });
    const config_ = config(server, [], {
      trust: [{ alias: "our-ca", sha256: digest("ca") }],
      trusted: { node2: { "repository.20242": "absent" } },
    });
    const found = fleet(stack("test", [config(other, []), trusted(other)]), stack("prod", [config_, trusted(server)]));
    expect(told(found)).toEqual([
      expect.stringMatching(
        /^act drift: prod: in the trust store of repository\.20242 on node2 .*absent; the certificate our-ca is damaged in the store of node1\.$/,
      ),
      "act expiry: The certificate our-ca, which test and prod trust, ends on 2027-01-15 (CN=Our CA).",
    ]);
  });

  it("an operation that was interrupted", () => {
    const urn = "urn:pulumi:dev::connectors::tableau:index:TableauConnector::clickhouse";
    const found = fleet(
      stack("prod", [], { pending_operations: [{ resource: { type: "tableau:index:TableauConnector", urn }, type: "creating" }] }),
    );
    expect(told(found)).toEqual(["act failed: An operation on clickhouse in the stack prod was interrupted."]);
  });

  it("what stands in the store and in no config, and a store that lost it", () => {
    const orphan = resource("dynamic", "TableauConnector", "a", "prod/a_jdbc", {
      server: { name: "prod", nodes: [{ name: "node1", host: "a.example.com", user: "tableau" }] },
      source: "a_jdbc.taco",
      ...a("1.0.0"),
      delivered: { node1: "absent" },
    });
    const found = fleet(stack("prod", [orphan]));
    expect(states(found)).toEqual({ "a_jdbc on prod::server::prod": "1.0.0 not-live" });
    expect(told(found)).toEqual(["act drift: prod: a_jdbc.taco is missing from the store of node1."]);
    expect(found.notKnown).toContainEqual(expect.objectContaining({ kind: "not-seen", place: "prod::server::prod" }));
  });
});

describe("what only a comparison tells", () => {
  it("names versions that differ, from the newest down, by number and not by letter", () => {
    const found = fleet(stack("test", [config(other, [a("1.10.0")])]), stack("prod", [config(server, [a("1.9.0")])]));
    expect(told(found)).toEqual(["act version: a_jdbc is 1.10.0 on test; 1.9.0 on prod."]);
    expect(states(found)).toEqual({ "a_jdbc on test::server::test": "1.10.0 current", "a_jdbc on prod::server::prod": "1.9.0 older" });
    expect(found.rows[0]?.newest).toBe("1.10.0");
  });

  it("knows 1.0 and 1.0.0 for one version, and tells where its bytes differ", () => {
    const found = fleet(stack("test", [config(other, [a("1.0")])]), stack("prod", [config(server, [a("1.0.0")])]));
    expect(told(found)).toEqual([expect.stringMatching(/^act version: a_jdbc 1\.0 is not the same file everywhere: [0-9a-f]{8} on test; [0-9a-f]{8} on prod\.$/)]);
    expect(Object.values(states(found))).toEqual(["1.0 differs", "1.0.0 differs"]);
  });

  it("compares drivers by their bytes", () => {
    const jar = (bytes: string): Record<string, unknown> => ({ drivers: [{ fileName: "x.jar", sha256: digest(bytes) }] });
    const found = fleet(stack("test", [config(other, [], jar("1"))]), stack("prod", [config(server, [], jar("2"))]));
    expect(found.rows).toMatchObject([{ kind: "driver", name: "x.jar", newest: null }]);
    expect(told(found)).toEqual([expect.stringMatching(/^act version: x\.jar is not the same file everywhere/)]);
  });

  it("sees one server in two stacks by an address of any node, whatever it is called", () => {
    const twin: Server = { name: "production", hosts: ["B.example.com"] };
    const found = fleet(stack("one", [config(server, [])]), stack("two", [{ ...config(twin, []) }]));
    expect(told(found)).toEqual(["act ownership: prod and production: one server stands in the stacks one and two, as both reach b.example.com:22."]);
    expect(found.places.map(({ sameAs }) => sameAs)).toEqual([null, "one::server::prod"]);
  });

  it("sees a copy of a state by its token", () => {
    const near: Server = { name: "prod", hosts: ["127.0.0.1"] };
    const found = fleet(stack("one", [config(near, [])]), stack("two", [config(near, [])]));
    expect(told(found)).toEqual(["act ownership: prod (stack one) and prod (stack two): one server stands in the stacks one and two, as one state is a copy of the other."]);
  });

  it("takes one localhost for another where the server says who owns it", () => {
    const near: Server = { name: "prod", hosts: ["127.0.0.1"] };
    const lost = config(near, [], { loaded: "belongs to the stack connectors/dev", ownerToken: "another" });
    const found = fleet(stack("one", [config(near, [])]), stack("two", [lost]));
    expect(told(found)).toEqual([expect.stringMatching(/: one server stands in the stacks one and two, as it names its owner itself\.$/), expect.stringMatching(/belongs to the stack connectors\/dev by now/)]);
    expect(found.notKnown.map(({ text }) => text).join()).not.toMatch(/are one server/);
  });

  it("does not take one localhost for another, and says that it does not know", () => {
    const near: Server = { name: "prod", hosts: ["127.0.0.1"] };
    const found = fleet(stack("one", [config(near, [])]), stack("two", [config(near, [], { ownerToken: "another" })]));
    expect(told(found)).toEqual([]);
    expect(found.notKnown).toContainEqual(expect.objectContaining({ text: expect.stringMatching(/^Whether prod \(stack one\) and prod \(stack two\) are one server/) as string }));
  });

  it("has a person's machine as a column, one for each of its products", () => {
    const found = fleet(stack("prod", [config(server, [a("1.0.0")]), onMachine("anna", "desktop", a("0.9.0")), onMachine("anna", "prep", a("1.0.0"), "absent")]));
    expect(found.places.map(({ id }) => id)).toEqual(["prod::server::prod", "prod::machine::anna::desktop", "prod::machine::anna::prep"]);
    expect(told(found)).toEqual(["act drift: Tableau Prep of anna: a_jdbc.taco is missing.", "act version: a_jdbc is 1.0.0 on prod and Tableau Prep of anna; 0.9.0 on Tableau Desktop of anna."]);
  });
}); // prettier-ignore

describe("honest about what it does not know", () => {
  it("names what of a state cannot be read, and tells the rest", () => {
    const broken = resource("dynamic", "TableauServerPluginsConfig", "broken", "x/plugins-config", { server: {} });
    const found = fleet(stack("prod", [config(server, [a("1.0.0")]), broken]));
    expect(found.places).toHaveLength(1);
    expect(found.notKnown).toContainEqual({ kind: "not-seen", stack: "prod", place: null, text: expect.stringMatching(/^broken: The state of this resource cannot be read/) as string });
  });

  it("says so of a run that could not look after it failed", () => {
    const found = on({ loaded: "not known: the server could not be looked at after a failure" });
    expect(states(found)).toEqual({ "a_jdbc on prod::server::prod": "1.0.0 not-known" });
    expect(found.notKnown).toContainEqual(expect.objectContaining({ kind: "not-seen", text: expect.stringMatching(/not known: the server could not be looked at/) as string }));
  });

  it("keeps what Pulumi saw of a node that could not be asked, and says that it is that", () => {
    const state = stack("prod", [config(server, [a("1.0.0")])]);
    const vain = { ...state, resources: state.resources.map((one) => ({ ...one, looked: { by: "us, in vain" as const, why: "node1 does not answer." } })) };
    const found = makeFleet([vain], "nodes", now);
    expect(found.places[0]?.seen).toEqual({ by: "state", at: "2026-11-28T08:00:00.000Z" });
    expect(found.notKnown).toEqual([expect.objectContaining({ kind: "not-seen", text: expect.stringMatching(/what Pulumi saw last\. node1 does not answer\./) as string })]);
  });

  it("says when nodes were asked", () => {
    const state = stack("prod", [config(server, [a("1.0.0")])]);
    const seen = { ...state, resources: state.resources.map((one) => ({ ...one, looked: { by: "us" as const, at: "2026-11-30T08:00:00.000Z" } })) };
    expect(makeFleet([seen], "nodes", now)).toMatchObject({ places: [{ seen: { by: "nodes", at: "2026-11-30T08:00:00.000Z" } }], notKnown: [] });
  });
}); // prettier-ignore

it("has every kind of finding at once, what needs a person first, and takes a server of two stacks for one", () => {
  const found = fleet(...everyFinding());
  const kinds = new Set(found.findings.filter(({ severity }) => severity === "act").map(({ kind }) => kind));
  expect([...kinds]).toEqual(["ownership", "drift", "restart", "version", "expiry", "verification", "unlisted", "failed", "status"]);
  expect(found.findings.map(({ severity }) => severity)).toEqual([...found.findings.map(({ severity }) => severity)].sort());
  expect(found.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.states))).toEqual(
    expect.arrayContaining(["current", "older", "differs", "drift", "restart-due", "waiting", "not-live", "certificate-ends", "not-known"]),
  );
  expect(found.places.filter(({ kind, sameAs }) => kind === "server" && sameAs === null)).toHaveLength(5);
  expect(needsAPerson(found, ["waiting"])).toBe(false);
});
