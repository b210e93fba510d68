import type { Program, StackImitation } from "../../scenarios/support";
import type { FaultName } from "../../../simulator";
import type { Interruption, PointPool } from "./point-pool";

/** What a server is at a moment. */
export interface ServerNow {
  readonly status: string;
  readonly restarts: number;
  readonly applied: Readonly<Record<string, string>>;
  readonly pending: Readonly<Record<string, string | null>>;
  readonly nodes: readonly {
    /** Classes and versions of the live files, and of what is loaded. */
    readonly live: readonly string[];
    readonly loaded: readonly string[];
    /** Files of the live folder that Tableau does not read. */
    readonly leftovers: readonly string[];
    /** Text of the note that a restart is due; "" where there is none. */
    readonly note: string;
  }[];
}

/** A cluster with one stack on it, whose provider can be killed and started again as often as one likes. */
export interface FaultBench {
  readonly pool: PointPool;
  readonly stack: StackImitation;
  /** What the server could see in a live folder since `begin` that is no whole package. */
  readonly strangers: ReadonlySet<string>;
  /** Starts the provider anew; the engine's state stays. */
  restartProvider(interruption?: Interruption): void;
  /** The program that lists these classes with these versions. */
  program(versions: Readonly<Record<string, string>>, config?: Readonly<Record<string, unknown>>): Program;
  /** `pulumi-tableau retry`. */
  retry(): Promise<void>;
  /** A call of tsm by somebody else. */
  tsm(argv: readonly string[]): Promise<void>;
  fault(name: FaultName, setting: string): Promise<void>;
  clearFaults(): Promise<void>;
  /** Every fault is over, and a server that one has left stopped is started. */
  mend(): Promise<void>;
  begin(): void;
  /** Somebody changes a live file of a node, or takes it away. */
  tamper(node: string, fileName: string, how: "change" | "remove"): "done" | "no such file";
  /** What is in no live folder leaves the stores too, so that it has to be delivered again. */
  emptyStores(): Promise<void>;
  now(): Promise<ServerNow>;
  /** Digests that were live since `begin` and are now neither live nor in the store of their node. */
  lostFiles(): readonly string[];
  lockIsFree(): Promise<boolean>;
  stop(): Promise<void>;
}
