import type { CheckFailure } from "../schema/failures";
import type { Properties } from "../schema/read";

export type { CheckFailure, Properties };

/**
 * The life of one kind of resource, free of any Pulumi type, so that a provider plugin for other languages can serve the
 * same code. `olds` of check are the old inputs, of diff, read, update and delete the old outputs.
 */
export interface Lifecycle {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: readonly CheckFailure[] }>;
  /** `changes` undefined: the engine compares the inputs by itself. */
  diff(id: string, olds: Properties, news: Properties): Promise<{ changes?: true }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  /** null: gone. */
  read(id: string, olds: Properties): Promise<{ outs: Properties; inputs: Properties } | null>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, olds: Properties): Promise<void>;
}

/** The part that reaches nodes or machines. A preview has no use for it, so its code is loaded when it is first needed. */
export type OnNodes = Omit<Lifecycle, "check" | "diff">;

/** Where sentences go: into the row of the resource with that URN. */
export interface Voice {
  /** A sentence that stays in the output of this operation. Said twice, it is printed once. */
  say(urn: string, sentence: string): void;
  warn(urn: string, sentence: string): void;
  /** The live status of a resource that is worked on. */
  progress(urn: string, line: string): void;
}
