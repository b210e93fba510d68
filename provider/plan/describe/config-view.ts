import type { Live } from "../compare/live";
import type { Trusted } from "../compare/trusted";
import type { Placement } from "../placement/placement";

/** One side of a comparison, as far as a preview knows it: what is there, or what is wanted. */
export interface ConfigView {
  readonly server: string;
  /** Stack and name of the resource, for people; empty: not known. */
  readonly owner: string;
  /** The initial node is the first. */
  readonly nodes: readonly NodeView[];
  readonly placement: Placement;
  /** For people. */
  readonly directory: string;
  readonly driversDirectory: string;
  readonly stateDirectory: string;
  readonly connectors: readonly { readonly fileName: string; readonly sha256: string; readonly pluginVersion: string }[];
  readonly drivers: readonly { readonly fileName: string; readonly sha256: string }[];
  readonly trust: readonly { readonly alias: string; readonly sha256: string }[];
  /** What the trust stores lack, by node and repository. */
  readonly trusted: Trusted;
  readonly live: Live;
  readonly loaded: string;
  /** Whether the record on the server is gone, or behind what was seen of it. */
  readonly record: "written" | "to be written";
  /** An activation that is due, in words; null: none. */
  readonly due: string | null;
  /** Applied value of a key, by its name in the program, or what the program gives; undefined: not set, or left as found. */
  readonly keys: Readonly<Record<string, string | undefined>>;
  /** What the program gives, or gave when that was seen. */
  readonly givenKeys: Readonly<Record<string, string | undefined>>;
  /** Digest of what a key without an argument of its own is set to, or what the program gives it; absent: not known, or left as found. */
  readonly otherKeys: Readonly<Record<string, string>>;
  /** Digest of what the program gives such a key, or gave when that was seen; `drift`: somebody else's value stands there. */
  readonly givenOtherKeys: Readonly<Record<string, string>>;
  /** Keys that nothing in the program asks for any more. */
  readonly givenBack: readonly GivenBack[];
  /** Digest of the restart triggers. */
  readonly triggers: string | null;
  readonly stopped: boolean;
  /** Packages that lie there and are not listed, as `node/file`. */
  readonly unlisted: readonly string[];
  readonly retiresUnlisted: boolean;
  readonly takesOver: boolean;
}

/** A key that goes back to what it was before this package set it, by the name of its argument. */
export interface GivenBack {
  readonly name: string;
  readonly now: string | null;
  /** The value before; null: none. `hidden`: it is not shown. */
  readonly then: { readonly value: string | null } | "unknown" | "hidden" | "hidden: none";
}

export interface NodeView {
  readonly name: string;
  /** Where it is reached; null: not known yet. */
  readonly address: string | null;
}
