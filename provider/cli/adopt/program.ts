import type { Value } from "./value";

/** A Pulumi program for one server, whatever its language. */
export interface Program {
  /** Name of the project and of the deployment. */
  readonly name: string;
  /** Sentences at its head. */
  readonly head: readonly string[];
  readonly server: Value;
  readonly connectors: Value;
  /** Absent: none. */
  readonly drivers: Value | undefined;
  readonly disableVerification: boolean;
  /** Names of the secrets in the stack's configuration. */
  readonly secrets: readonly string[];
  /** Version of this package. */
  readonly version: string;
}

/** The files of a program, by name. */
export type ProgramFiles = Readonly<Record<string, string>>;
