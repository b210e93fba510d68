import type { Host } from "../../../../provider/host/host";
import { ActiveFaults } from "../../../../simulator/active-faults";
import type { LoadedConnector, TsmCall } from "../../../../simulator/cluster-state";
import { Controller } from "../../../../simulator/controller/controller";
import { JobQueue } from "../../../../simulator/controller/jobs";
import { newServerRecord, type ServerRecord } from "../../../../simulator/controller/server-record";
import { Server, type Machinery } from "../../../../simulator/controller/server";
import type { FaultName } from "../../../../simulator/faults";
import { buildOf } from "../../../../simulator/release";
import { defaultSwitches } from "../../../../simulator/switches";
import { MemoryHost } from "./memory-host";
import { MemoryNode } from "./memory-node";

export const connectors = "/opt/tableau/connectors";
export const state = "/var/opt/pulumi-tableau";
const release = "2024.2";

/**
 * A cluster without processes, disks or a network: the nodes are values, tsm is the simulator's own controller. For
 * tests that need more operations than a simulated cluster can do in an hour.
 */
export class MemoryCluster {
  readonly nodes: readonly MemoryNode[];
  readonly record: ServerRecord = newServerRecord("STOPPED", "tableau");
  /** Hears of each call of tsm by a node, and is waited for. */
  onCall: (argv: readonly string[]) => Promise<void> = () => Promise.resolve();
  readonly #faults = new ActiveFaults();
  readonly #jobs = new JobQueue([], () => undefined);
  readonly #server: Server;
  readonly #controller: Controller;

  /** @param versionOf class and version of a package, by its digest. */
  constructor(count: number, versionOf: (sha256: string) => { pluginClass: string; pluginVersion: string } | undefined) {
    this.nodes = Array.from({ length: count }, (_, i) => new MemoryNode(`node${String(i + 1)}`));
    const calls: TsmCall[] = [];
    this.#server = new Server({
      record: this.record,
      save: () => undefined,
      machinery: machinery(this.nodes, versionOf),
      faults: this.#faults,
      jobMilliseconds: 0,
      signal: new AbortController().signal,
    });
    this.#controller = new Controller({
      installed: () => ({ version: release, build: buildOf(release) }),
      account: { username: "admin", password: "" },
      server: this.#server,
      jobs: this.#jobs,
      faults: this.#faults,
      calls,
      switches: defaultSwitches,
      nodes: () => this.nodes.map(({ name }) => ({ name, state: "alive", authorised: ["root"], fileRoot: "/" })),
    });
  }

  async boot(): Promise<void> {
    await this.#server.boot();
  }

  host(name: string): Host {
    const node = this.nodes.find((one) => one.name === name);
    if (node === undefined) throw new RangeError(`no node ${name}`);
    return new MemoryHost(node, async (argv, onLine) => {
      await this.onCall(argv);
      return await this.tsm(argv, onLine);
    });
  }

  /** A call of tsm on the initial node. */
  async tsm(
    argv: readonly string[],
    onLine: (line: string) => void = () => undefined,
  ): Promise<{ status: number; stdout: string; stderr: string }> {
    const printed = { stdout: "", stderr: "" };
    const lines = (text: string): void => text.replace(/\n$/, "").split("\n").forEach(onLine);
    const status = await this.#controller.handle({
      node: "node1",
      build: buildOf(release),
      user: "root",
      pid: 1,
      folder: "/",
      argv,
      out: (text) => {
        printed.stdout += text;
        lines(text);
      },
      err: (text) => {
        printed.stderr += text;
        lines(text);
      },
      ask: () => Promise.resolve(undefined),
    });
    return { status, ...printed };
  }

  fault(name: FaultName, setting: string): void {
    const node = this.nodes.find((one) => one.name === setting);
    if (name === "disk-full" && node !== undefined) node.disk = "full";
    else if (name === "unreachable-node" && node !== undefined) node.reachable = "no";
    else this.#faults.set(name, setting);
  }

  clearFaults(): void {
    for (const [name] of this.#faults.entries()) this.#faults.delete(name);
    for (const node of this.nodes) Object.assign(node, { disk: "free", reachable: "yes" });
  }

  /** Everything that still runs ends. */
  async settle(): Promise<void> {
    for (let i = 0; i < 50; i += 1) await new Promise((resolve) => setImmediate(resolve));
    await this.#jobs.idle();
  }

  cut(name?: string): void {
    for (const node of this.nodes) if (name === undefined || node.name === name) node.cut();
  }
}

function machinery(
  nodes: readonly MemoryNode[],
  versionOf: (sha256: string) => { pluginClass: string; pluginVersion: string } | undefined,
): Machinery {
  return {
    startAll: () => Promise.resolve(nodes.forEach((node) => (node.runningSince ??= node.now()))),
    stopAll: () => Promise.resolve(nodes.forEach((node) => (node.runningSince = null))),
    load: () => Promise.resolve({ loaded: nodes.flatMap((node) => loadedOn(node, versionOf)), rejected: [] }),
    breakOne: () => Promise.reject(new Error("not in memory")),
  };
}

function loadedOn(
  node: MemoryNode,
  versionOf: (sha256: string) => { pluginClass: string; pluginVersion: string } | undefined,
): LoadedConnector[] {
  return node
    .list(connectors)
    .filter((name) => name.endsWith(".taco"))
    .map((name) => {
      const sha256 = node.get(`${connectors}/${name}`)?.sha256 ?? "";
      const { pluginClass, pluginVersion } = versionOf(sha256) ?? { pluginClass: `unknown ${name}`, pluginVersion: "" };
      const file = `${connectors}/${name}`;
      return { node: node.name, class: pluginClass, pluginVersion, file, sha256, processes: ["vizqlserver"], usable: true };
    });
}
