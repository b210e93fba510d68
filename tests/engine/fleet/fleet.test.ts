import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderPage } from "../../../provider/cli/fleet/render-page";
import { makeFleet } from "../../../provider/cli/fleet/make-fleet";
import type { Fleet } from "../../../provider/cli/fleet/fleet.types";
import { attachCluster, isClusterRunning, makeTaco, type AttachedCluster } from "../../../simulator";
import { everyFinding, now } from "../../cli/fleet/states";
import { readCorpusFiles } from "../../signature/corpus";
import { pluginFolder } from "../plugin/support";
import { Backend, packedLane, Project, runPacked, type Ended, type Stack } from "../support";
import { hasBrowser, show, type Shown } from "./browser";

// A whole story of many operations of the engine; a busy machine takes its time.
jest.setTimeout(600_000);

/** One program for every stage: what a stack has stands in a file of its own. */
const program = `
  import * as pulumi from "@pulumi/pulumi";
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, connectors, config } = JSON.parse(readFileSync("wanted-" + pulumi.getStack() + ".json", "utf8"));
  new ConnectorDeployment(pulumi.getStack(), { server: pulumi.secret(server), connectors, ...config });
`;

/** The same server as of one of the stacks, through the plugin. */
const otherProgram = `
  import { readFileSync } from "node:fs";
  import { CustomResource } from "@pulumi/pulumi";
  const { server } = JSON.parse(readFileSync("wanted-platform.json", "utf8"));
  new CustomResource("tableau:index:TableauServerPluginsConfig", "config", { server, connectors: [], takeOver: true });
`;

const unlessBrowser = hasBrowser ? "" : " (skipped: there is no chromium here)";

const stages = { dev: 1, test: 1, staging: 1, prod: 2, finance: 1 } as const;
type Stage = keyof typeof stages;

describe("five simulated servers in six stacks that the real engine made, through the packed command", () => {
  const backend = new Backend(packedLane());
  const project = new Project({ name: "connectors", program, backend });
  const platform = new Project({ name: "platform", program: otherProgram, backend });
  const outputs: string[] = [];

  const run = async (line: string, environment: Record<string, string> = {}): Promise<Ended> => {
    const ended = await runPacked(project, line.split(" "), { environment });
    if (!line.startsWith("simulate")) outputs.push(ended.out, ended.err);
    return ended;
  };
  const stack = (stage: Stage): Stack => project.stack(stage);
  const cluster = (stage: Stage): Promise<AttachedCluster> => attachCluster(join(project.directory, stage));
  /** What the servers' tsm was asked. */
  const calls = async (): Promise<string[]> => {
    const all: string[] = [];
    for (const stage of Object.keys(stages)) {
      for (const { argv } of (await (await cluster(stage as Stage)).state()).calls) all.push(`${stage} ${argv.join(" ")}`);
    }
    return all;
  };
  /** The files with the states of the stacks, as they are. */
  const states = (): string[] =>
    Object.keys(stages).map((stage) => readFileSync(join(backend.state, ".pulumi/stacks/connectors", `${stage}.json`), "utf8"));
  const liveFile = (stage: Stage, node: string, file: string): string =>
    join(project.directory, stage, "nodes", node, "root/opt/tableau/connectors", file);
  const want = (stage: Stage, connectors: Record<string, unknown>, config: Record<string, unknown> = {}): void => {
    const { server } = JSON.parse(readFileSync(join(project.directory, `${stage}.json`), "utf8")) as { server: unknown };
    project.write(`wanted-${stage}.json`, JSON.stringify({ server, connectors, config }));
    if (stage === "finance") platform.write("wanted-platform.json", JSON.stringify({ server }));
  };
  const json = async (options: string): Promise<Fleet> => JSON.parse((await run(`fleet --all --json${options}`)).out) as Fleet;

  beforeAll(async () => {
    for (const [stage, nodes] of Object.entries(stages)) {
      const { out } = await run(
        `simulate start --transport builtin --job-milliseconds 5 --dir ${stage} --name ${stage} --nodes ${String(nodes)} --login root`,
      );
      project.write(`${stage}.json`, out);
    }
    for (const pluginVersion of ["1.2.0", "1.3.0", "1.4.0"]) {
      project.write(`a_jdbc-${pluginVersion}.taco`, makeTaco({ class: "a_jdbc", pluginVersion }));
    }
    project.write("ending.taco", (await readCorpusFiles()).get("date-expired.taco") ?? "");
    const a = (version: string): Record<string, unknown> => ({ source: `a_jdbc-${version}.taco`, fileName: "a_jdbc.taco" });
    const ending = { source: "ending.taco", requireSignature: false };
    want("dev", { a: a("1.4.0"), ending }, { disableVerifyConnectorPluginSignature: true });
    want("test", { a: a("1.3.0") });
    want("staging", { a: a("1.2.0") });
    want("prod", { a: a("1.2.0") });
    want("finance", { a: a("1.3.0") });
    for (const stage of Object.keys(stages)) await stack(stage as Stage).up();
    want("test", { a: a("1.4.0") }, { activation: "hold" });
    await stack("test").up();
    want("staging", { a: a("1.3.0") }, { rollback: false });
    await (await cluster("staging")).fault("restart-fails", "always");
    await stack("staging").up({ exitCode: 1 });
    await platform.stack("platform", { path: [pluginFolder()] }).up();
    appendFileSync(liveFile("prod", "node2", "a_jdbc.taco"), "tampered");
    cpSync(liveFile("dev", "node1", "a_jdbc.taco"), liveFile("dev", "node1", "trial.taco"));
  });
  afterAll(async () => {
    for (const stage of Object.keys(stages)) {
      const directory = join(project.directory, stage);
      if (isClusterRunning(directory)) await (await attachCluster(directory)).stop();
    }
    project.remove();
  });

  it("without any secret says what Pulumi saw last, and that it does not know more", async () => {
    const found = JSON.parse((await run("fleet --all --json", { PULUMI_CONFIG_PASSPHRASE: "" })).out) as Fleet;
    expect(found).toMatchObject({ schemaVersion: 1, source: "state" });
    expect(found.stacks.map(({ error, places }) => [error, places])).toEqual(Array.from({ length: 6 }, () => [null, 1]));
    expect(new Set(found.findings.filter(({ severity }) => severity === "act").map(({ kind }) => kind))).toEqual(
      new Set(["restart", "version", "expiry", "verification", "failed", "status"]),
    );
    expect(found.notKnown).toEqual(expect.arrayContaining([expect.objectContaining({ text: expect.stringMatching(/--look/) as string })]));
  });

  it("with --look sees what somebody changed since then, who owns a server, and changes nothing", async () => {
    const before = { calls: await calls(), states: states() };
    const found = await json(" --look");
    expect(new Set(found.findings.map(({ kind }) => kind))).toEqual(
      new Set(["ownership", "drift", "restart", "version", "expiry", "verification", "unlisted", "failed", "status", "waiting"]),
    );
    const text = found.findings.map((one) => one.text).join("\n");
    expect(text).toMatch(/prod: a_jdbc\.taco on node2 has digest [0-9a-f]{8}, expected [0-9a-f]{8} \(1\.2\.0\)\./);
    expect(text).toMatch(/dev has packages that no program lists: node1\/trial\.taco\./);
    expect(text).toMatch(/finance \(stack \S+\) belongs to the stack platform\/platform by now/);
    expect(text).toMatch(/staging has had a restart due since /);
    expect(text).toMatch(/a_jdbc is 1\.4\.0 on dev and test; 1\.3\.0 on .*; 1\.2\.0 on prod\./);
    const cells = found.rows.find(({ name }) => name === "a_jdbc")?.cells ?? [];
    const states_ = Object.fromEntries(cells.map(({ place, states: some }) => [place.split("::").at(-1), some]));
    expect(states_).toMatchObject({ dev: ["current"], test: ["waiting"], staging: ["restart-due", "older"], prod: ["drift", "older"] });
    expect(found.notKnown).toEqual([]);
    expect(states()).toEqual(before.states);
    const changing = (all: readonly string[]): string[] => all.filter((call) => /set|apply|restart|discard|start|stop/.test(call));
    expect(changing(await calls())).toEqual(changing(before.calls));
  });

  it("tells one server in two stacks by its address, after a refresh also by its owner", async () => {
    await stack("finance").refresh();
    await stack("prod").refresh();
    const found = await json("");
    expect(found.findings.map((one) => one.text).join("\n")).toMatch(
      /belongs to the stack platform\/platform by now[\s\S]*prod: a_jdbc\.taco on node2/,
    );
  });

  it("ends with status 1 by --fail-on", async () => {
    expect((await run("fleet --all --fail-on drift")).status).toBe(1);
    expect((await run("fleet --stack dev --fail-on expiry")).status).toBe(1);
    expect((await run("fleet --stack dev --fail-on drift,version")).status).toBe(0);
  });

  it("says what of a node that does not answer it does not know", async () => {
    await (await cluster("test")).stop();
    const { status, out } = await run("fleet --stack test --look --json --fail-on drift");
    const found = JSON.parse(out) as Fleet;
    expect([status, found.notKnown]).toEqual([
      1,
      [
        expect.objectContaining({
          kind: "not-seen",
          text: expect.stringMatching(/what Pulumi saw last\. .*\(host-unreachable\)/) as string,
        }),
      ],
    ]);
    expect(found.places.find(({ name }) => name === "test")?.seen.by).toBe("state");
  });

  it("prints no secret", () => {
    expect(outputs.join("\n")).not.toMatch(/PRIVATE KEY|tableau-admin/);
  });

  (hasBrowser ? describe : describe.skip)(`in a browser${unlessBrowser}`, () => {
    it("writes a page of them that a browser shows, and that asks nobody for anything", async () => {
      expect((await run("fleet --all --html fleet.html")).err).toBe("fleet.html was written.\n");
      const html = readFileSync(join(project.directory, "fleet.html"), "utf8");
      const shown = await show(html, { width: 1280, theme: "light" });
      expectQuiet(shown);
      for (const stage of Object.keys(stages)) expect(shown.text).toContain(stage);
      expect(shown.text).toMatch(/5 servers in 6 stacks[\s\S]*Needs a person[\s\S]*Drift[\s\S]*What runs where[\s\S]*a_jdbc[\s\S]*1\.4\.0/);
    });
  });
});

(hasBrowser ? describe : describe.skip)(`the page with every kind of finding in headless Chromium${unlessBrowser}`, () => {
  const html = renderPage(makeFleet(everyFinding(), "state", now));

  it("is shown in both themes, at every width and on paper, and no request leaves it", async () => {
    const [light, dark, phone, tablet] = [
      await show(html, { width: 1280, theme: "light" }),
      await show(html, { width: 1280, theme: "dark" }),
      await show(html, { width: 380, theme: "dark" }),
      await show(html, { width: 768, theme: "light" }),
    ];
    for (const [shown, width] of [[light, 1280], [dark, 1280], [phone, 380], [tablet, 768]] as const) {
      expectQuiet(shown);
      expect(shown.scrollWidth).toBeLessThanOrEqual(width);
      expect(shown.png.length).toBeGreaterThan(20_000);
      expect(shown.text).toContain("14 things need a person");
    }
    expect(light.background).not.toBe(dark.background);
    expect(dark.background).toBe(phone.background);
    expect(light.pages).toBeGreaterThanOrEqual(2);
    expect(light.pages).toBeLessThanOrEqual(6);
    const kept = process.env["PULUMI_TABLEAU_PICTURES"];
    if (kept !== undefined) for (const [name, { png }] of Object.entries({ light, dark, phone, tablet })) writeFileSync(join(kept, `${name}.png`), png);
  }); // prettier-ignore
});

function expectQuiet({ requests, served, complaints }: Shown): void {
  expect(served).toEqual(["/"]);
  expect(requests.filter((url) => !url.startsWith("data:"))).toHaveLength(1);
  expect(complaints).toEqual([]);
}
