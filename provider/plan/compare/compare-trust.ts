import type { DesiredCertificate, DesiredServer } from "../desired";
import { confirmedTrust, ownDigests } from "../record/recorded-trust";
import { latestChange, type SeenNode, type SeenServer } from "../seen";
import type { SeenStore, TrustEntry } from "../seen-trust";
import type { Finding, Step } from "../step";
import { isTrusted } from "./is-trusted";

type TrustStep = Extract<Step, { kind: "trust" }>;

export interface TrustComparison {
  readonly steps: readonly TrustStep[];
  readonly refusals: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Why the trust of this node makes a restart due: full phrases, none if it does not. */
  readonly due: readonly string[];
}

const nothing: TrustComparison = { steps: [], refusals: [], warnings: [], due: [] };

/** Compares the trust stores of one node with the listed certificates: of every release that lies there, whether it runs or not. */
export function compareTrust(desired: DesiredServer, seen: SeenServer, node: SeenNode): TrustComparison {
  const { trust } = node;
  if (trust === undefined) return nothing;
  const missing = desired.trust.length > 0 && trust.stores.length === 0 ? [noJre(node, trust.lookedFor ?? "")] : [];
  const parts = trust.stores.map((store) => compareStore(desired, seen, node, store));
  return {
    steps: parts.flatMap(({ steps }) => steps),
    refusals: [...missing, ...parts.flatMap(({ refusals }) => refusals)],
    warnings: parts.flatMap(({ warnings }) => warnings),
    due: parts.flatMap(({ due }) => due),
  };
}

function compareStore(desired: DesiredServer, seen: SeenServer, node: SeenNode, store: SeenStore): TrustComparison {
  const { sha256, entries } = store;
  if (entries === null || sha256 === null) {
    if (desired.trust.length === 0) return nothing;
    const finding = unreadable(node, store);
    return store.use === "runs" ? { ...nothing, refusals: [finding] } : { ...nothing, warnings: [finding] };
  }
  const leaving = leavingEntries(desired, seen, node, entries);
  const staying = entries.filter((entry) => !leaving.some((one) => one.surely && isSame(one, entry)));
  const wanted = desired.trust.filter((one) => !isTrusted(staying, one));
  const taken = wanted.flatMap(({ alias }) => staying.filter((entry) => entry.alias === alias));
  const add = wanted.map(({ alias, sha256: digest }) => ({ alias, sha256: digest }));
  const remove = leaving.filter(({ surely }) => surely).map(({ alias, sha256: digest }) => ({ alias, sha256: digest }));
  const step: TrustStep = {
    ...{ kind: "trust", node: node.name, repository: store.repository, path: store.path, use: store.use, was: sha256 },
    ...{ add, remove },
  };
  const where = `in the Java of ${node.name}`;
  const changes = [
    ...add.map(({ alias }) => `${alias} is new ${where}`),
    ...onlyLeaving(step).map((alias) => `${alias} is dropped ${where}`),
  ];
  return {
    steps: add.length + remove.length > 0 ? [step] : [],
    refusals: [...taken.map((one) => aliasTaken(node, store, one)), ...notDelivered(node, add)],
    warnings: leaving.filter(({ surely }) => !surely).map((one) => notSurelyOurs(node, store, one)),
    due:
      store.use === "idle"
        ? []
        : [...changes, ...notLoaded(desired, seen, node, store, entries).map((alias) => `${alias} ${where} is not loaded yet`)],
  };
}

/** Aliases of a step that get no other certificate. */
function onlyLeaving({ add, remove }: TrustStep): string[] {
  return remove.filter(({ alias }) => !add.some((one) => one.alias === alias)).map(({ alias }) => alias);
}

interface LeavingEntry extends TrustEntry {
  /** Whether this package has brought that certificate to this very node: the record alone lies on another one. */
  readonly surely: boolean;
}

/** Entries of ours that the program no longer lists, or lists with another certificate. */
function leavingEntries(desired: DesiredServer, seen: SeenServer, node: SeenNode, entries: readonly TrustEntry[]): LeavingEntry[] {
  return entries
    .filter((entry) => isOurs(seen, entry) && !desired.trust.some(({ alias, sha256 }) => alias === entry.alias && sha256 === entry.sha256))
    .map((entry) => ({ ...entry, surely: isStored(node, entry) }));
}

function isSame(one: TrustEntry, other: TrustEntry): boolean {
  return one.alias === other.alias && one.sha256 === other.sha256;
}

function isOurs({ record }: SeenServer, { is, alias, sha256 }: TrustEntry): boolean {
  return is === "certificate" && ownDigests(record, alias).includes(sha256);
}

function isStored({ stored }: SeenNode, { sha256 }: TrustEntry): boolean {
  return stored.some((one) => one.sha256 === sha256);
}

// As of a file: confirmed by an activation, or older than the processes. Where none can be seen, what the record names counts as loaded.
function notLoaded(desired: DesiredServer, seen: SeenServer, node: SeenNode, store: SeenStore, entries: readonly TrustEntry[]): string[] {
  const confirmed = confirmedTrust(seen.record, node.name, store.repository);
  return desired.trust
    .filter((one) => isTrusted(entries, one) && !confirmed.includes(one.sha256))
    .filter(({ alias, sha256 }) =>
      node.loadedSince === null ? !ownDigests(seen.record, alias).includes(sha256) : node.loadedSince <= latestChange(store),
    )
    .map(({ alias }) => alias);
}

function notDelivered(node: SeenNode, add: readonly DesiredCertificate[]): Finding[] {
  return add
    .filter(({ sha256 }) => !node.stored.some((one) => one.sha256 === sha256 && one.intact === true))
    .map(({ alias, sha256 }) => ({
      code: "not-delivered",
      node: node.name,
      message: `The certificate ${alias} (sha256 ${sha256}) is not in the store of this node.`,
      next: "Run `pulumi up --refresh`: it delivers the certificate again.",
    }));
}

function aliasTaken(node: SeenNode, { path }: SeenStore, { alias, is }: TrustEntry): Finding {
  return {
    code: "alias-taken",
    node: node.name,
    message: `${path} has ${is === "certificate" ? "another certificate" : "a private key"} under the alias ${JSON.stringify(alias)}, which this package did not put there.`,
    next: "Give the certificate another alias.",
  };
}

function notSurelyOurs(node: SeenNode, { path }: SeenStore, { alias }: TrustEntry): Finding {
  return {
    code: "not-surely-ours",
    node: node.name,
    message: `The certificate ${alias} stays in ${path}: the record names it, but it is not in the store of this node, so this package may never have put it there.`,
    next: "Take it away by hand, with `keytool -delete`, if nobody needs it.",
  };
}

function noJre(node: SeenNode, lookedFor: string): Finding {
  return {
    code: "no-trust-store",
    node: node.name,
    message: `The Java of Tableau Server was not found on this node, so that it cannot be told whom it trusts (looked for ${lookedFor}).`,
    next: "Name the server's tsm by `tsm.path`, or take `trust` out of the program.",
  };
}

function unreadable(node: SeenNode, { path, why = "it cannot be read" }: SeenStore): Finding {
  return {
    code: "no-trust-store",
    node: node.name,
    message: `${path} cannot be used: ${why}.`,
    next: "If it has a password of its own, give it as `trustPassword`; else repair the file from a backup or from another node.",
  };
}
