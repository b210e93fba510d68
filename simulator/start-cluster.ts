import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { ActiveFaults } from "./active-faults";
import { Cluster } from "./cluster";
import { defaultAccount, type ClusterOptions } from "./cluster-options";
import { Controller } from "./controller/controller";
import { JobQueue } from "./controller/jobs";
import { Server } from "./controller/server";
import { TsmListener } from "./controller/tsm-listener";
import { defaultStateDirectory } from "./nodes/places";
import { machinery } from "./machinery";
import { availableIsolation, type Isolation } from "./nodes/control";
import { keyPair } from "./nodes/keys";
import type { AnyNode } from "./nodes/any-node";
import { SimulatedNode, type NodeOptions } from "./nodes/node";
import { prepareCluster } from "./prepare-cluster";
import { writeCluster, type SavedCluster } from "./saved-cluster";
import { takeControl } from "./take-control";
import { WindowsNode } from "./windows/windows-node";

/**
 * Starts a simulated cluster in this process. It ends with `stop()`, or when this process ends.
 *
 * Its ssh servers and its controller answer from this process: whoever blocks it (`execFileSync`) waits for ever.
 *
 * @throws TableauError (simulator-failed) if this machine does not allow what is asked for.
 */
export async function startCluster(given: ClusterOptions): Promise<Cluster> {
  const options = { ...given, directory: resolve(given.directory) };
  const isolation = options.transport === "local" || options.platform === "windows" ? "none" : availableIsolation();
  const saved = prepareCluster(options, isolation);
  const save = (): void => writeCluster(options.directory, saved);
  const faults = new ActiveFaults();
  const dead = new Set<string>();
  const abort = new AbortController();
  const nodes: AnyNode[] = [];
  const jobs = new JobQueue(saved.server.jobs, () => {
    saved.server.jobs = jobs.jobs.map((job) => job.state());
    save();
  });
  const machines = machinery({ nodes, dead, saved, verifyPackage: options.verifyPackage });
  const server = new Server({
    record: saved.server,
    save,
    machinery: machines,
    faults,
    jobMilliseconds: options.jobMilliseconds ?? 50,
    signal: abort.signal,
  });
  const controller = new Controller({
    installed: () => saved,
    account: options.account ?? defaultAccount,
    server,
    jobs,
    faults,
    calls: saved.calls,
    switches: () => saved.switches,
    nodes: () => nodes.map((node) => clusterNode(node, dead)),
  });
  const token = randomBytes(16).toString("hex");
  const userName = (name: string, uid: number): string => nodes.find((node) => node.name === name)?.userName(uid) ?? String(uid);
  const listener = new TsmListener({ token, handle: (call) => controller.handle(call), userName });
  const port = await listener.start();
  const makeNode = (name: string): AnyNode => {
    const nodeOptions = optionsOf(name, options, saved, isolation, { port, token });
    if (saved.platform === "linux") return new SimulatedNode(nodeOptions);
    return new WindowsNode(nodeOptions, { switches: () => saved.switches, callTsm: (call) => controller.handle(call) });
  };
  for (const { name } of saved.nodes) nodes.push(makeNode(name));
  const cluster = new Cluster({ options, saved, nodes, makeNode, controller, server, jobs, faults, listener, dead, abort });
  try {
    await Promise.all(nodes.map((node) => node.start()));
    nodes.forEach((node, index) => Object.assign(saved.nodes[index] ?? {}, { port: node.gate.port }));
    if (saved.server.status !== "STOPPED") await server.boot();
    await takeControl(cluster, saved, options.directory);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

function optionsOf(
  name: string,
  options: ClusterOptions,
  saved: SavedCluster,
  isolation: Isolation,
  controller: { port: number; token: string },
): NodeOptions {
  const keys = join(options.directory, "keys");
  const client = keyPair(keys, "client");
  const host = keyPair(keys, name);
  return {
    name,
    folder: join(options.directory, "nodes", name),
    installed: () => saved,
    installation: saved.installation,
    login: saved.login,
    transport: saved.transport,
    isolation: saved.transport === "local" ? "none" : isolation,
    stateDirectory: defaultStateDirectory,
    keys: { clientKeyPath: client.path, clientPublicKey: client.public, hostPrivateKey: host.private, hostPublicKey: host.public },
    cacerts: options.cacerts,
    controller,
    wantedPort: saved.nodes.find((node) => node.name === name)?.port ?? 0,
  };
}

function clusterNode(
  node: AnyNode,
  dead: ReadonlySet<string>,
): { name: string; state: "alive" | "dead"; authorised: string[]; fileRoot: string } {
  const authorised = ["root", "tableau", node.runAs.name, ...node.members("tsmadmin")];
  return { name: node.name, state: dead.has(node.name) ? "dead" : "alive", authorised, fileRoot: node.fileRoot };
}
