import type { DesiredCertificate } from "./desired";
import type { SeenStore } from "./seen-trust";

/**
 * One step of a plan. Data only: the preview text, the progress lines, the error report and the rollback are
 * renderings of a list of these.
 *
 * `was` is the digest that was seen in that place ("unreadable" where it could not be told), or the key's value; null:
 * nothing. Of a key without an argument of its own the value may be a secret, and nobody shows it.
 */
export type Step =
  | { readonly kind: "discardPending" }
  | { readonly kind: "record"; readonly restartRequired: readonly string[] }
  | {
      readonly kind: "place";
      readonly node: string;
      readonly directory: string;
      readonly fileName: string;
      readonly sha256: string;
      readonly was: string | null;
    }
  | { readonly kind: "retire"; readonly node: string; readonly directory: string; readonly fileName: string; readonly was: string | null }
  | {
      /** Sets mode and owner of a live file in place; its bytes are right. */
      readonly kind: "mend";
      readonly node: string;
      readonly directory: string;
      readonly fileName: string;
      readonly sha256: string;
      /** The owner to give it; null: it keeps its own. */
      readonly owner: string | null;
      readonly was: { readonly mode: string; readonly owner: string; readonly readable: boolean };
    }
  | { readonly kind: "openDirectory"; readonly node: string; readonly directory: string }
  | {
      /** Puts another trust store in the place of that of one JRE: the same but for these certificates. */
      readonly kind: "trust";
      readonly node: string;
      readonly repository: SeenStore["repository"];
      readonly path: SeenStore["path"];
      readonly use: SeenStore["use"];
      readonly remove: readonly DesiredCertificate[];
      readonly add: readonly DesiredCertificate[];
      readonly was: string;
    }
  | { readonly kind: "setKey"; readonly key: string; readonly value: string; readonly was: string | null }
  | { readonly kind: "unsetKey"; readonly key: string; readonly was: string | null }
  /** `perhaps`: tsm may find that it can do without a restart. */
  | { readonly kind: "applyPending"; readonly why: readonly string[]; readonly restarts?: "perhaps" }
  | { readonly kind: "restart"; readonly why: readonly string[] }
  | { readonly kind: "awaitRunning" };

/** A sentence about a server or a node that does not stop the plan, or that does. */
export interface Finding {
  readonly code: FindingCode;
  readonly node?: string;
  readonly message: string;
  /** What to do next. */
  readonly next: string;
}

export type FindingCode =
  | "topology-differs"
  | "owned-by-another-stack"
  | "owned-by-another-resource"
  | "copied-state"
  | "owner-renamed"
  | "owner-left"
  | "version-too-old"
  | "connector-too-new"
  | "directory-not-read"
  | "directory-unsafe"
  | "directory-closed"
  | "unsigned-folder"
  | "not-delivered"
  | "unmanaged-file"
  | "shadowed"
  | "other-drive"
  | "processes-elsewhere"
  | "duplicate-class"
  | "alias-taken"
  | "no-trust-store"
  | "foreign-pending-changes"
  | "pending-topology"
  | "breaks-unlisted"
  | "rolled-back-before"
  | "verification-off"
  | "not-surely-ours"
  | "server-stopped"
  | "foreign-left-pending";

export interface Plan {
  readonly steps: readonly Step[];
  readonly refusals: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Whether a live file only counts once the server has restarted: one that Tableau could read before does not, nor one of a release that is not in use. */
export function needsRestart(step: Step): boolean {
  if (step.kind === "trust") return step.use === "runs";
  if (step.kind === "mend") return !step.was.readable;
  return step.kind === "place" || step.kind === "retire" || step.kind === "openDirectory";
}

/** The step that takes this one back, or null where nothing has to be taken back. */
export function inverseOf(step: Step): Step | null {
  switch (step.kind) {
    case "place":
      if (step.was === null) {
        return { kind: "retire", node: step.node, directory: step.directory, fileName: step.fileName, was: step.sha256 };
      }
      return { ...step, sha256: step.was, was: step.sha256 };
    case "retire":
      if (step.was === null) return null;
      return { kind: "place", node: step.node, directory: step.directory, fileName: step.fileName, sha256: step.was, was: null };
    case "setKey":
    case "unsetKey": {
      const now = step.kind === "setKey" ? step.value : null;
      if (step.was === null) return { kind: "unsetKey", key: step.key, was: now };
      return { kind: "setKey", key: step.key, value: step.was, was: now };
    }
    case "trust":
      return { ...step, add: step.remove, remove: step.add };
    case "restart":
    case "applyPending":
      return step;
    case "discardPending":
    case "record":
    case "mend":
    case "openDirectory":
    case "awaitRunning":
      return null;
  }
}
