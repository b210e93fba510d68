import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTaco, startCluster, type Cluster, type ClusterOptions, type TacoOptions } from "../../../simulator";
import type { Backend } from "./backend";
import { Project } from "./project";
import type { Stack } from "./stack";

export interface StageOptions extends Partial<ClusterOptions> {
  /** Default: one of its own, in the lane. */
  readonly backend?: Backend;
  /** Folders that go in front of PATH. */
  readonly path?: readonly string[];
}

/** A simulated cluster, of two nodes if nothing else is said, and the stack `dev` of one program that puts connectors on it. */
export class Stage {
  readonly stack: Stack;

  private constructor(
    readonly folder: string,
    readonly cluster: Cluster,
    readonly project: Project,
    path: readonly string[],
  ) {
    this.stack = project.stack("dev", { path });
  }

  /** @param program Text of an `index.ts` that reads what it wants from `wanted.json` in its folder. */
  static async start(program: string, { backend, path = [], ...options }: StageOptions = {}): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), "engine-"));
    const cluster = await startCluster({
      directory: join(folder, "cluster"),
      nodes: 2,
      transport: "builtin",
      jobMilliseconds: 5,
      ...options,
    });
    return new Stage(folder, cluster, new Project({ program, ...(backend === undefined ? {} : { backend }) }), path);
  }

  want(wanted: object): void {
    this.project.write("wanted.json", JSON.stringify(wanted));
  }

  /** Makes a package of that class and version, and tells its path. */
  package(pluginClass: string, pluginVersion: string, options: Pick<TacoOptions, "signed"> = {}): string {
    const directory = join(this.folder, pluginVersion);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, `${pluginClass}.taco`);
    writeFileSync(path, makeTaco({ class: pluginClass, pluginVersion, ...options }));
    return path;
  }

  async restarts(): Promise<number> {
    return (await this.cluster.state()).restarts;
  }

  /** What each node has loaded, as `class version`. */
  async loaded(): Promise<string[][]> {
    const { nodes } = await this.cluster.state();
    return nodes.map((node) => [...new Set(node.loaded.map((one) => `${one.class} ${one.pluginVersion}`))].sort());
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    this.project.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
