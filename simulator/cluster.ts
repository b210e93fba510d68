import { clusterState } from "./cluster-report";
import type { ClusterParts } from "./cluster-parts";
import type { ClusterState } from "./cluster-state";
import { callByHand, type HandCallOptions, type TsmResult } from "./call-by-hand";
import type { CallListener } from "./controller/controller";
import { simulatorError } from "./fail";
import { faultSettings, isFault, type FaultName } from "./faults";
import { clearFault, setFault } from "./set-fault";
import type { AnyNode } from "./nodes/any-node";
import { SimulatedNode } from "./nodes/node";
import type { Places } from "./connectors/places";
import { describeNode, describeServer, type NodeDescription, type ServerDescription } from "./describe";
import type { ControlServer } from "./control-server";
import { writeCluster } from "./saved-cluster";
import { layRelease, upgrade, type LaidRelease } from "./upgrade";
import { isSetting, switchSettings, type SwitchName, type Switches } from "./switches";

/** A running simulated cluster. */
export class Cluster {
  readonly #parts: ClusterParts;
  #control: ControlServer | undefined;
  #ending: Promise<void> | undefined;
  #ended: () => void = () => undefined;
  /** Resolves when the cluster has ended. */
  readonly stopped = new Promise<void>((resolve) => (this.#ended = resolve));

  constructor(parts: ClusterParts) {
    this.#parts = parts;
  }

  /** The folder where everything lives. */
  get directory(): string {
    return this.#parts.options.directory;
  }

  get nodes(): readonly NodeDescription[] {
    return this.#parts.nodes.map(describeNode);
  }

  /** The arguments that name this server in a Pulumi program. */
  get server(): ServerDescription {
    return describeServer(this.#parts.options.name ?? "simulated", this.#parts.nodes);
  }

  /** The initial node's trust store, as a path on this machine. */
  get trustStore(): string {
    return this.nodePath(this.#initial.name, this.paths.trustStore);
  }

  state(): Promise<ClusterState> {
    const { saved, nodes, server, jobs, faults, dead } = this.#parts;
    return Promise.resolve(clusterState({ saved, nodes, record: server.record, jobs, faults, dead }));
  }

  /** Lets a fault happen from now on. `setting` is explained in `faultSettings`. */
  async fault(name: FaultName, setting = ""): Promise<void> {
    if (!isFault(name)) {
      throw simulatorError(`There is no fault "${String(name)}".`, `Take one of ${Object.keys(faultSettings).join(", ")}.`);
    }
    await setFault(name, setting, this.#parts);
  }

  async clearFaults(): Promise<void> {
    for (const [name] of this.#parts.faults.entries()) await clearFault(name, this.#parts);
  }

  /** Sets a switch; see `switchSettings`. */
  switch<Name extends SwitchName | "seed">(name: Name, value: Switches[Name]): Promise<void> {
    if (!isSetting(name, value)) {
      const settings = name === "seed" ? ["any text"] : ((switchSettings as Readonly<Record<string, readonly string[]>>)[name] ?? []);
      const known = settings.length > 0 ? `one of ${settings.join(", ")}` : `another switch: ${Object.keys(switchSettings).join(", ")}`;
      return Promise.reject(simulatorError(`The switch "${name}" has no setting "${value}".`, `Take ${known}.`));
    }
    this.#parts.saved.switches = { ...this.#parts.saved.switches, [name]: value };
    this.#save();
    return Promise.resolve();
  }

  /** An administrator calls tsm by hand: without a shell, as root on the initial node. */
  tsm(argv: readonly string[], options: HandCallOptions = {}): Promise<TsmResult> {
    const { controller, nodes, saved } = this.#parts;
    return callByHand(controller, argv, { node: nodes[0]?.name ?? "", build: saved.build, ...options });
  }

  /**
   * Calls `listener` before each call of tsm that comes from a node, and waits for it: to do something at a certain
   * moment. Calls by `tsm()` are not told. The function that comes back ends it.
   */
  onCall(listener: CallListener): () => void {
    return this.#parts.controller.listen(listener);
  }

  startServer(): Promise<TsmResult> {
    return this.tsm(["start"]);
  }

  stopServer(): Promise<TsmResult> {
    return this.tsm(["stop"]);
  }

  /** Where a path of a node is on this machine. */
  nodePath(node: string, path: string): string {
    return this.#node(node).realPath(path);
  }

  /** Paths as the nodes themselves see them. */
  get paths(): Pick<Places, "connectors" | "state" | "trustStore" | "tsm"> {
    const { connectors, state, trustStore, tsm } = this.#initial.places;
    return { connectors, state, trustStore, tsm };
  }

  /** Runs a command line of bash inside a node, as its root; on a Windows node one of cmd.exe. */
  async run(node: string, command: string): Promise<{ status: number; output: string }> {
    return this.#node(node).run(command);
  }

  /** One folder of this machine, mounted by every node as each of these folders of its own, as an export of a file server is. */
  async shareFolders(paths: readonly string[]): Promise<void> {
    for (const node of this.#parts.nodes) {
      if (!(node instanceof SimulatedNode) || node.options.isolation === "none") {
        throw simulatorError("Only Linux nodes in namespaces can share a folder.", "Start the cluster without a platform and a transport.");
      }
      for (const path of paths) await node.shareFolder(path);
    }
  }

  /** Another node joins the cluster; its connectors are loaded at the next start of the server. */
  async addNode(): Promise<NodeDescription> {
    const { nodes, makeNode, server, saved } = this.#parts;
    const node = makeNode(`node${nodes.length + 1}`);
    await node.start();
    nodes.push(node);
    saved.nodes.push({ name: node.name, port: node.gate.port });
    if (server.record.status === "RUNNING") await node.startServers();
    this.#save();
    return describeNode(node);
  }

  /**
   * Lays a later release, such as "2025.1", beside the one in use on every node, as its installer does: programs, JRE and trust
   * store. The server does not notice.
   *
   * @param options.cacerts is the trust store of its JRE. Default: as for the first release.
   */
  layRelease(version: string, options: { readonly cacerts?: Buffer } = {}): Promise<LaidRelease> {
    return layRelease(version, this.#parts, options.cacerts);
  }

  /**
   * The server goes over to a later release, which is laid first where it is not yet: stopped, and started again if it ran.
   * Keys, pending changes and connectors stay; the rules and the trust store of the new release count from then on.
   */
  upgrade(version: string): Promise<LaidRelease> {
    return upgrade(version, this.#parts);
  }

  /** Every connection to the node is lost now; the commands that run over them go on, and new connections are accepted. */
  cutConnections(name: string): void {
    this.#node(name).gate.cut();
  }

  /** The node is gone, with its ssh server and every process of the server. */
  async killNode(name: string): Promise<void> {
    const node = this.#node(name);
    this.#parts.dead.add(name);
    await node.kill();
    await node.stopServers();
  }

  async reviveNode(name: string): Promise<void> {
    const node = this.#node(name);
    this.#parts.dead.delete(name);
    await node.revive();
    if (this.#parts.server.record.status === "RUNNING") await node.startServers();
  }

  /** Ends every process and mount of the cluster. Its folder stays. */
  stop(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  /** Takes calls of other processes; see `attachCluster`. */
  serveControl(control: ControlServer): void {
    this.#control = control;
  }

  async #end(): Promise<void> {
    const { abort, jobs, nodes, listener, saved } = this.#parts;
    abort.abort();
    await this.clearFaults();
    await listener.stop();
    await jobs.idle();
    await Promise.all(nodes.map((node) => node.stop()));
    await this.#control?.stop();
    saved.control = undefined;
    this.#save();
    this.#ended();
  }

  get #initial(): AnyNode {
    return this.#node(this.#parts.nodes[0]?.name ?? "");
  }

  #node(name: string): AnyNode {
    const node = this.#parts.nodes.find((one) => one.name === name);
    if (node === undefined) {
      throw simulatorError(`There is no node "${name}".`, `Take one of ${this.#parts.nodes.map((one) => one.name).join(", ")}.`);
    }
    return node;
  }

  #save(): void {
    writeCluster(this.directory, this.#parts.saved);
  }
}
