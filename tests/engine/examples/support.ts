import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { attachCluster, makeTaco, type ClusterState, type ServerDescription, type TacoOptions } from "../../../simulator";
import { Backend, packedLane, Project, repository } from "../support";

// Each is a whole story of many operations of the engine; a busy machine takes its time.
jest.setTimeout(900_000);

/** What `pulumi-tableau simulate start` prints. */
export interface Started {
  readonly server: ServerDescription;
  readonly nodes: readonly { name: string; host: string; port: number; user: string; keyFile: string; hostKey: string; root: string }[];
}

/** A copy of one example in a folder of its own, where the packed library is installed; simulated servers beside it. */
export class Example {
  readonly project: Project;
  readonly #servers = new Set<string>();

  constructor(readonly name: string) {
    this.project = new Project({ name, copyOf: join(repository, "examples", name), backend: new Backend(packedLane()) });
  }

  /** The packed command line, in the example's folder. */
  cli(...args: string[]): string {
    const program = join(packedLane(), "node_modules/.bin/pulumi-tableau");
    return execFileSync(program, args, { cwd: this.project.directory, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  start(folder: string, ...options: string[]): Started {
    this.#servers.add(folder);
    const own = ["--dir", folder, "--name", folder, "--job-milliseconds", "5"];
    return JSON.parse(this.cli("simulate", "start", ...own, ...options)) as Started;
  }

  async state(folder: string): Promise<ClusterState> {
    return await (await attachCluster(join(this.project.directory, folder))).state();
  }

  /** As `simulate package` makes it. */
  package(pluginClass: string, pluginVersion: string, options: Pick<TacoOptions, "minVersionTableau"> = {}): void {
    const file = join(this.project.directory, "connectors", `${pluginClass}.taco`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, makeTaco({ class: pluginClass, pluginVersion, ...options }));
  }

  async remove(): Promise<void> {
    for (const folder of this.#servers) await (await attachCluster(join(this.project.directory, folder))).stop();
    this.project.remove();
  }
}

/** By node: what it has loaded, as `class version`. */
export function loaded({ nodes }: ClusterState): Record<string, string[]> {
  return Object.fromEntries(nodes.map((node) => [node.name, node.loaded.map((one) => `${one.class} ${one.pluginVersion}`).sort()]));
}

/** The folder that the simulated node sees as its own. */
export function livePath({ nodes }: Started, node: string, fileName: string): string {
  const root = nodes.find(({ name }) => name === node)?.root;
  if (root === undefined) throw new Error(`There is no ${node}.`);
  return join(root, "opt/tableau/connectors", fileName);
}
