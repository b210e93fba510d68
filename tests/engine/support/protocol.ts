import type { ConfigMap, EngineEvent } from "@pulumi/pulumi/automation";

export type { ConfigMap, EngineEvent };

/** How the program runs: inside our process, or started by the engine through `pulumi-language-nodejs`. */
export type Through = "inline" | "language-host";

export type OperationName = "up" | "preview" | "refresh" | "destroy";

/** What an operator reads on its standard input, a line for each. */
export interface OperationRequest {
  /** The program's folder. */
  readonly directory: string;
  readonly operation: OperationName;
  readonly stack: string;
  readonly project: string;
  /** What differs from the config of the operation before; absent: nothing. */
  readonly config?: ConfigMap;
  /** `used`: an operation has selected it before. */
  readonly stackIs: "missing" | "there" | "used";
  readonly through: Through;
  readonly options: OperationOptions;
  readonly outcomeFile: string;
}

/** What an operator prints on both standard streams where an operation has ended and it is ready for another one. */
export const readyMark = "\0ready\n";

/** What an operator leaves in the outcome file. */
export interface OperationOutcome {
  /** The engine's own: 0 done, 1 failed, 7 changes where none were expected. */
  readonly exitCode: number;
  readonly events: readonly EngineEvent[];
}

/** Flags of `pulumi up`, `preview`, `refresh` and `destroy`; each operation takes those that it knows. */
export interface OperationOptions {
  /** `--expect-no-changes`: exit code 7 if anything would change. */
  readonly expectNoChanges?: boolean;
  /** `--refresh` of `up`, `preview` and `destroy`. */
  readonly refresh?: boolean;
  /** `--preview-only` of `refresh` and `destroy`. */
  readonly previewOnly?: boolean;
  /** `--diff`: property by property instead of a table. */
  readonly diff?: boolean;
  /** Default `"never"`. */
  readonly color?: "always" | "never";
  /** `--run-program` of `refresh` and `destroy`. */
  readonly runProgram?: boolean;
  /** `--clear-pending-creates` of `refresh`. */
  readonly clearPendingCreates?: boolean;
  readonly continueOnError?: boolean;
  readonly target?: string[];
  readonly replace?: string[];
  readonly parallel?: number;
}
