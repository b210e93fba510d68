import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isClusterRunning } from "./attach-cluster";
import { ActiveFaults } from "./active-faults";
import { Cluster } from "./cluster";
import { defaultAccount, type ClusterOptions } from "./cluster-options";
import { ControlServer } from "./control-server";
import { Controller } from "./controller/controller";
import { JobQueue } from "./controller/jobs";
import { Server } from "./controller/server";
import { newServerRecord } from "./controller/server-record";
import { TsmListener } from "./controller/tsm-listener";
import { defaultStateDirectory } from "./describe";
import { simulatorError } from "./fail";
import { machinery } from "./machinery";
import { availableIsolation, type Isolation } from "./nodes/control";
import { keyPair } from "./nodes/keys";
import { SimulatedNode, type Transport } from "./nodes/node";
import { sshdProgram } from "./nodes/open-ssh-server";
import { buildOf } from "./release";
import { readCluster, writeCluster, type SavedCluster } from "./saved-cluster";
import { defaultSwitches } from "./switches";

/**
 * Starts a simulated cluster in this process. It ends with `stop()`, or when this process ends.
 *
 * Its ssh servers and its controller answer from this process: whoever blocks it (`execFileSync`) waits for ever.
 *
 * @throws TableauError (simulator-failed) if this machine does not allow what is asked for.
 */
export async function startCluster(given: ClusterOptions): Promise<Cluster> {
  const options = { ...given, directory: resolve(given.directory) };
  const isolation = options.transport === "local" ? "none" : availableIsolation();
  const saved = prepare(options, isolation);
  const save = (): void => writeCluster(options.directory, saved);
  const faults = new ActiveFaults();
  const dead = new Set<string>();
  const nodes: SimulatedNode[] = [];
  const jobs = new JobQueue(saved.server.jobs, () => {
    saved.server.jobs = jobs.jobs.map((job) => job.state());
    save();
  });
  const machines = machinery({ nodes, dead, saved, verifyPackage: options.verifyPackage });
  const server = new Server({ record: saved.server, save, machinery: machines, faults, jobMilliseconds: options.jobMilliseconds ?? 50 });
  const controller = new Controller({
    release: saved.version,
    build: saved.build,
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
  const makeNode = (name: string): SimulatedNode => newNode(name, options, saved, isolation, { port, token });
  nodes.push(...saved.nodes.map(({ name }) => makeNode(name)));
  const cluster = new Cluster({ options, saved, nodes, makeNode, controller, server, jobs, faults, listener, dead });
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

function prepare(options: ClusterOptions, isolation: Isolation): SavedCluster {
  const before = readCluster(options.directory);
  if (isClusterRunning(options.directory)) {
    throw simulatorError(`A cluster runs in ${options.directory} already.`, "Stop it first, or take another folder.");
  }
  const transport = options.transport ?? before?.transport ?? defaultTransport(isolation);
  const login = options.login ?? before?.login ?? "root";
  checkAllowed(transport, login, isolation);
  const count = transport === "local" ? 1 : (options.nodes ?? 3);
  const version = before?.version ?? options.version ?? "2024.2";
  const runAs = transport === "local" || isolation !== "root" ? undefined : "tableau";
  const status = options.running === false ? "STOPPED" : "RUNNING";
  return {
    version,
    build: buildOf(version),
    login,
    transport,
    nodes: before?.nodes ?? Array.from({ length: count }, (_, index) => ({ name: `node${index + 1}`, port: 0 })),
    switches: { ...(before?.switches ?? defaultSwitches()), ...options.switches },
    server: before?.server ?? newServerRecord(status, runAs ?? process.env["USER"] ?? "root"),
    calls: before?.calls ?? [],
    control: undefined,
  };
}

function defaultTransport(isolation: Isolation): Transport {
  if (isolation === "none") return "local";
  return isolation === "root" && existsSync(sshdProgram) ? "openssh" : "builtin";
}

function checkAllowed(transport: Transport, login: string, isolation: Isolation): void {
  const refuse = (message: string, next: string): never => {
    throw simulatorError(message, next);
  };
  if (transport === "local") return;
  if (isolation === "none")
    refuse("This machine allows no mount namespaces.", 'Take the transport "local": one node, which is this machine.');
  if (isolation === "user" && transport === "openssh")
    refuse("sshd cannot be started in a namespace of a user who is not root.", 'Take the transport "builtin".');
  if (isolation === "user" && login !== "root")
    refuse("A namespace of a user who is not root has one user only.", 'Take the login "root".');
  if (transport === "openssh" && !existsSync(sshdProgram))
    refuse(`${sshdProgram} is not installed.`, 'Install the OpenSSH server, or take the transport "builtin".');
  if (login === "sudo" && !existsSync("/usr/bin/sudo"))
    refuse("sudo is not installed.", 'Install it, or take the login "root" or "tsmadmin".');
}

function newNode(
  name: string,
  options: ClusterOptions,
  saved: SavedCluster,
  isolation: Isolation,
  controller: { port: number; token: string },
): SimulatedNode {
  const keys = join(options.directory, "keys");
  const client = keyPair(keys, "client");
  const host = keyPair(keys, name);
  return new SimulatedNode({
    name,
    folder: join(options.directory, "nodes", name),
    release: saved.version,
    build: saved.build,
    login: saved.login,
    transport: saved.transport,
    isolation: saved.transport === "local" ? "none" : isolation,
    stateDirectory: defaultStateDirectory,
    keys: { clientKeyPath: client.path, clientPublicKey: client.public, hostPrivateKey: host.private, hostPublicKey: host.public },
    cacerts: options.cacerts,
    controller,
    wantedPort: saved.nodes.find((node) => node.name === name)?.port ?? 0,
  });
}

function clusterNode(
  node: SimulatedNode,
  dead: ReadonlySet<string>,
): { name: string; state: "alive" | "dead"; authorised: string[]; fileRoot: string } {
  const authorised = ["root", "tableau", node.runAs.name, ...node.members("tsmadmin")];
  return { name: node.name, state: dead.has(node.name) ? "dead" : "alive", authorised, fileRoot: node.fileRoot };
}

async function takeControl(cluster: Cluster, saved: SavedCluster, directory: string): Promise<void> {
  const token = randomBytes(16).toString("hex");
  const control = new ControlServer(token, {
    describe: () => Promise.resolve({ nodes: cluster.nodes, server: cluster.server }),
    state: () => cluster.state(),
    fault: (...args: Parameters<Cluster["fault"]>) => cluster.fault(...args),
    clearFaults: () => cluster.clearFaults(),
    switch: (...args: Parameters<Cluster["switch"]>) => cluster.switch(...args),
    tsm: (...args: Parameters<Cluster["tsm"]>) => cluster.tsm(...args),
    run: (...args: Parameters<Cluster["run"]>) => cluster.run(...args),
    nodePath: (...args: Parameters<Cluster["nodePath"]>) => Promise.resolve(cluster.nodePath(...args)),
    startServer: () => cluster.startServer(),
    stopServer: () => cluster.stopServer(),
    addNode: () => cluster.addNode(),
    killNode: (...args: Parameters<Cluster["killNode"]>) => cluster.killNode(...args),
    reviveNode: (...args: Parameters<Cluster["reviveNode"]>) => cluster.reviveNode(...args),
    // The answer must be out before the server that gives it ends.
    stop: () => Promise.resolve(void setImmediate(() => void cluster.stop())),
  });
  cluster.serveControl(control);
  saved.control = { pid: process.pid, port: await control.start(), token };
  writeCluster(directory, saved);
}
