import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Host, NodeAddress } from "../../../provider/host/host";
import { HostPool } from "../../../provider/host/pool";
import type { Properties } from "../../../provider/lifecycle/lifecycle";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import type { GeneratedProgram } from "../../lifecycle/config/support/programs";
import { StackImitation, type Operation, type Program } from "../../scenarios/support";
import { connectors as liveFolder, MemoryCluster, state } from "./memory/memory-cluster";
import type { MemoryPackages } from "./memory/memory-bench";

/** What happens to a server between two operations, and no preview can know of it. */
const events = [
  "nothing",
  "a file is changed",
  "a file is removed",
  "a driver is changed",
  "an unlisted package appears",
  "a key is changed",
  "it is restarted",
  "it is stopped",
  "it is stopped and started",
  "a restart is left due",
  "its record is lost",
  "another stack takes it over",
] as const;
export type Event = (typeof events)[number];
export const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 2, arbitrary: fc.constant("nothing" as const) },
  { weight: 3, arbitrary: fc.constantFrom(...events) },
);

interface AddressedNode {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** Two clusters in memory, the second behind other addresses, and stacks that work on them; the sentences of each operation are kept. */
export class ToldBench {
  readonly said: string[] = [];
  readonly warned: string[] = [];
  readonly #clusters: readonly [MemoryCluster, MemoryCluster];
  readonly #pool: HostPool;
  readonly #stacks = new Map<string, StackImitation>();

  private constructor(readonly packages: MemoryPackages) {
    const cluster = (): MemoryCluster => new MemoryCluster(3, (sha256) => packages.byDigest.get(sha256));
    this.#clusters = [cluster(), cluster()];
    this.#pool = new MemoryPool(this.#clusters);
  }

  static async start(packages: MemoryPackages): Promise<ToldBench> {
    const bench = new ToldBench(packages);
    for (const cluster of bench.#clusters) await cluster.boot();
    return bench;
  }

  async stop(): Promise<void> {
    this.#pool.close();
    for (const cluster of this.#clusters) await cluster.settle();
  }

  stack(name = "dev"): StackImitation {
    const { folder } = this.packages;
    const say = (urn: string, sentence: string): void => {
      if (urn.endsWith("::config")) this.said.push(sentence);
    };
    const warn = (_urn: string, sentence: string): void => void this.warned.push(sentence);
    const voice = { say, warn, progress: (): void => undefined };
    const stack =
      this.#stacks.get(name) ??
      new StackImitation(name, { pool: this.#pool, voice, cacheDirectory: folder, trust: new TrustCache(folder) });
    this.#stacks.set(name, stack);
    return stack;
  }

  /** Restarts of both clusters so far. */
  get restarts(): number {
    return this.#clusters.reduce((sum, { record }) => sum + record.restarts, 0);
  }

  /** The sentences of a preview of the config. */
  async preview(program: Program): Promise<{ sentences: string[]; operation: Operation }> {
    this.said.length = 0;
    const operation = await this.stack().preview(program);
    return { sentences: [...this.said], operation };
  }

  program({ server, config }: GeneratedProgram): Program {
    const { connectors, drivers, credentials, ...rest } = config;
    const { nodes, ...others } = server as unknown as Omit<Program["server"], "nodes"> & { nodes: readonly AddressedNode[] };
    // A cluster has moved as a whole, or some of its nodes are reached by another port.
    const isElsewhere = nodes[0]?.host.endsWith(".new") === true;
    const password = (credentials as { nodes?: { node1?: { password?: string } } } | undefined)?.nodes?.node1?.password ?? "";
    const refs = (connectors ?? []) as { fileName: string; pluginClass: string; pluginVersion: string }[];
    const jars = drivers as { fileName: string; sha256: string }[] | undefined;
    return {
      server: {
        ...others,
        nodes: nodes.map(({ name, port, user }) => ({
          name,
          connection: { host: isElsewhere ? `${name}.new` : name, port, user, privateKey: password, hostKey: "" },
        })),
        ...(nodes.length < 3 ? { allowPartialCluster: true } : {}),
      },
      connectors: Object.fromEntries(
        refs.map(({ pluginClass, pluginVersion }) => [
          pluginClass,
          { source: this.packages.path(pluginClass, pluginVersion), requireSignature: false },
        ]),
      ),
      ...(jars === undefined
        ? {}
        : { drivers: Object.fromEntries(jars.map(({ fileName, sha256 }) => [fileName, { source: this.#jar(fileName, sha256) }])) }),
      config: rest,
    };
  }

  /** While tsm fails at each restart. */
  async withFailingRestart(work: () => Promise<unknown>): Promise<void> {
    for (const cluster of this.#clusters) cluster.fault("restart-fails", "always");
    await work();
    for (const cluster of this.#clusters) cluster.clearFaults();
  }

  async happen(what: Event, program: Program): Promise<void> {
    const [cluster] = this.#clusters;
    const [node1, node2] = cluster.nodes;
    if (node1 === undefined || node2 === undefined) return;
    const tsm = (...argv: string[]): Promise<unknown> => cluster.tsm(argv);
    const spoil = (ending: string, how: "change" | "remove"): void => {
      for (const folder of [liveFolder, "/srv/connectors", "/opt/tableau/tableau_driver/jdbc", "/srv/jdbc"]) {
        const name = node2.list(folder).find((one) => one.endsWith(ending));
        if (name === undefined) continue;
        if (how === "remove") node2.remove(`${folder}/${name}`);
        else node2.write(`${folder}/${name}`, Buffer.from("PK something else"));
        return;
      }
    };
    switch (what) {
      case "nothing":
        return;
      case "a file is changed":
        spoil(".taco", "change");
        return;
      case "a file is removed":
        spoil(".taco", "remove");
        return;
      case "a driver is changed":
        spoil(".jar", "change");
        return;
      case "an unlisted package appears":
        node2.write(`${liveFolder}/strange.taco`, Buffer.from("no package"));
        return;
      case "a key is changed":
        await tsm("configuration", "set", "-k", "native_api.disable_verify_connector_plugin_signature", "-v", "true", "--force-keys");
        await tsm("configuration", "set", "-k", "native_api.connect_plugins_path", "-v", "/srv/elsewhere", "--force-keys");
        await tsm("pending-changes", "apply", "--ignore-prompt");
        return;
      case "it is restarted":
        await tsm("restart");
        return;
      case "it is stopped":
        await tsm("stop");
        return;
      case "it is stopped and started":
        await tsm("stop");
        await tsm("start");
        return;
      case "a restart is left due":
        for (const folder of [state, "/srv/state"]) node1.write(`${folder}/restart-required`, Buffer.from("somebody said so\n"));
        return;
      case "its record is lost":
        for (const folder of [state, "/srv/state"]) node1.remove(`${folder}/record.json`);
        return;
      case "another stack takes it over":
        await this.stack("other").up({ ...program, connectors: {}, drivers: {}, config: { takeOver: true } });
    }
  }

  #jar(fileName: string, sha256: string): string {
    const path = join(this.packages.folder, `${sha256.slice(0, 8)}-${fileName}`);
    writeFileSync(path, `PK ${sha256}`);
    return path;
  }
}

/** Nodes are told apart by their addresses: another host is another cluster, another port is not. */
class MemoryPool extends HostPool {
  readonly #hosts = new Map<string, Host>();

  constructor(readonly clusters: readonly [MemoryCluster, MemoryCluster]) {
    super();
  }

  override host({ name, connection }: NodeAddress): Host {
    const isOther = connection?.host !== name;
    const key = `${String(isOther)} ${name}`;
    const host = this.#hosts.get(key) ?? this.clusters[isOther ? 1 : 0].host(name);
    this.#hosts.set(key, host);
    return host;
  }
}

/** Whether a sentence tells of a restart, or that it cannot know. */
export function tellsOfRestart(sentence: string): boolean {
  return /restarts \w+ once and disconnects its users|Up to one restart of \w+|, then \w+ restarts (at most )?once|no restart while it is stopped, else one/.test(
    sentence,
  );
}

/** Whether nothing but the credentials differs between two programs. */
export function onlyCredentials(before: Properties, after: Properties): boolean {
  const { credentials: _one, ...rest } = before;
  const { credentials: _other, ...others } = after;
  return JSON.stringify(rest) === JSON.stringify(others);
}
