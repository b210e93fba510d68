import { readFileSync } from "node:fs";
import type { LoadedConnector, RejectedConnector } from "../cluster-state";
import { describeLoaded, registerFrom, type FolderRules } from "../connectors/load-folders";
import type { ConnectionDescription } from "../describe";
import type { DesktopMachine } from "./desktop-machine";
import type { DesktopOptions, DesktopPlatform, DesktopProduct } from "./desktop-options";
import type { DesktopPlaces } from "./desktop-places";

/** Usable as the `machine` argument of the resources. */
export interface MachineDescription {
  readonly name: string;
  readonly product: DesktopProduct;
  readonly connection: ConnectionDescription;
}

export interface DesktopParts {
  readonly options: DesktopOptions;
  readonly places: DesktopPlaces;
  readonly machine: DesktopMachine;
  readonly port: number;
  readonly keys: { readonly clientKeyPath: string; readonly hostPublicKey: string };
}

/** A simulated machine with one product of Tableau on it. */
export class Desktop {
  readonly places: DesktopPlaces;
  readonly #parts: DesktopParts;

  constructor(parts: DesktopParts) {
    this.#parts = parts;
    this.places = parts.places;
  }

  get platform(): DesktopPlatform {
    return this.#parts.options.platform;
  }

  /** The `machine` argument of the resources. */
  get machine(): MachineDescription {
    const { options, port, keys, places } = this.#parts;
    return {
      name: options.name ?? "anna",
      product: options.product ?? (options.platform === "linux" ? "bridge" : "desktop"),
      connection: {
        host: "127.0.0.1",
        port,
        user: places.user,
        privateKey: readFileSync(keys.clientKeyPath, "utf8"),
        hostKey: keys.hostPublicKey,
      },
    };
  }

  /** Where the key to log in with lies on this machine. */
  get privateKeyPath(): string {
    return this.#parts.keys.clientKeyPath;
  }

  /** Where a path of the machine is here. */
  realPath(path: string): string {
    return this.#parts.machine.realPath(path);
  }

  /**
   * Starts the product anew: it loads connectors by the rules of its release, and checks signatures unless that start is
   * told not to.
   *
   * @param args arguments of the program, such as those that `desktopLaunch()` gives.
   */
  async launch(args: readonly string[] = []): Promise<{ loaded: LoadedConnector[]; rejected: RejectedConnector[] }> {
    const { machine, places, options } = this.#parts;
    const { name: node = "anna" } = options;
    const option = (name: string): string | undefined => args.find((arg) => arg.startsWith(`-D${name}=`))?.slice(name.length + 3);
    const byPath = option("ConnectPluginsPath")?.replaceAll("\\", "/");
    const rules = this.#rules(node, byPath, option("DisableVerifyConnectorPluginSignature") === "true" ? "off" : "on");
    const folders = [places.shared, places.connectors, byPath].filter((folder) => folder !== undefined);
    const { registered, rejected } = await registerFrom([...new Set(folders)], rules);
    const loaded = await Promise.all(registered.map((candidate) => describeLoaded(candidate, ["program"], rules)));
    await machine.stopProgram();
    await machine.startProgram(loaded.map(({ file }) => file));
    return { loaded, rejected: rejected.map((one) => ({ node, process: "program", ...one })) };
  }

  /** Ends the product. */
  async quit(): Promise<void> {
    await this.#parts.machine.stopProgram();
  }

  executions(): number {
    return this.#parts.machine.executions();
  }

  async stop(): Promise<void> {
    await this.#parts.machine.stop();
  }

  #rules(node: string, byPath: string | undefined, verification: "on" | "off"): FolderRules {
    const { machine, places, options } = this.#parts;
    return {
      node,
      root: machine.root,
      release: options.version ?? "2024.2",
      verification,
      verifiesFrom: "2019.4",
      runAs: { name: places.user, uid: 0, gids: [] },
      folderOrder: "name",
      readsUnpacked: (folder) => folder === byPath,
      trustStore: machine.realPath(`${places.jre}/lib/security/cacerts`),
      verifyPackage: options.verifyPackage,
    };
  }
}
