import type { ActiveFaults } from "../active-faults";
import type { Switches } from "../switches";
import type { Call } from "./call";
import type { Console } from "./console";
import type { JobQueue } from "./jobs";
import type { OptionSpec, ParsedOptions } from "./options";
import type { Server } from "./server";

/** A node as the controller knows it. */
export interface ClusterNode {
  readonly name: string;
  readonly state: "alive" | "dead";
  /** Members of the node's group tsmadmin, and whoever else needs no password there. */
  readonly authorised: readonly string[];
  /** Where the node's `/` is on this machine. */
  readonly fileRoot: string;
}

/** Everything a command of tsm may use. */
export interface Context {
  readonly call: Call;
  readonly console: Console;
  readonly options: ParsedOptions;
  readonly switches: Switches;
  readonly faults: ActiveFaults;
  readonly server: Server;
  readonly jobs: JobQueue;
  readonly release: string;
  readonly build: string;
  /** All nodes, the initial one first. */
  readonly nodes: readonly ClusterNode[];
}

/** One command of tsm. */
export interface Command {
  /** Such as ["configuration", "get"]. */
  readonly words: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly required?: readonly string[];
  /** Does it, and tells the exit status. */
  run(context: Context): number | Promise<number>;
}
