import type { KeysInUse } from "../../plan/compare/effective-key";
import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import type { SeenNode } from "../../plan/seen";
import type { NodeRules } from "../../plan/upgrade/judge-upgrade";
import { isAtLeast } from "../../vocabulary/version";
import type { FoundTaco } from "./read-tacos";
import { judgeSignature } from "../trust/judge-signature";

/** Paths of the trust stores to judge by. */
export interface Stores {
  /** That of the release to come; null: nobody has it yet. */
  readonly given: string | null;
  /** Copies of those in use, by node; null: a node has none. */
  readonly inUse: ReadonlyMap<string, string | null>;
}

export interface Releases {
  readonly from: string;
  readonly to: string;
  /** What the server's keys let it do, before and after. */
  readonly signatures: KeysInUse["signatures"];
}

export interface JudgedSignatures {
  readonly inUse: NodeRules["refusals"];
  readonly toCome: NodeRules["refusals"];
  /** Whose trust the release to come was judged by; null: no signature was judged. */
  readonly judgedBy: "the given one" | "those in use" | "none" | null;
}

const unsignedFolder = "A folder has no signature, and the server verifies signatures.";

/** Judges every package as both releases do: by each node's own trust store, and by that of the release to come where it is given. */
export async function judgeSignatures(
  tacos: ReadonlyMap<string, FoundTaco>,
  { from, to, signatures }: Releases,
  nodes: readonly SeenNode[],
  { given, inUse }: Stores,
): Promise<JudgedSignatures> {
  const refusals = new Map<string, readonly string[]>();
  const storeOf = (node: string): string | null => inUse.get(node) ?? null;
  const looks = (release: string): boolean => signatures === "verified" && isAtLeast(release, firstReleaseThatVerifies);
  const keyOf = (sha256: string | null, store: string | null, release: string): string => `${sha256 ?? ""} ${release} ${store ?? ""}`;
  const question = nodes.flatMap(({ name }) => [
    { release: from, store: storeOf(name) },
    { release: to, store: given ?? storeOf(name) },
  ]);
  for (const { release, store } of question.filter((one) => looks(one.release))) {
    for (const [sha256, { bytes }] of tacos) {
      const key = keyOf(sha256, store, release);
      if (refusals.has(key)) continue;
      const judgement = await judgeSignature({ bytes, trustStores: store === null ? [] : [store], tableauVersion: release });
      refusals.set(key, judgement.refusals);
    }
  }
  const by =
    (release: string, store: (node: string) => string | null): NodeRules["refusals"] =>
    (node, { form, sha256 }) => {
      if (!looks(release)) return [];
      return form === "folder" ? [unsignedFolder] : (refusals.get(keyOf(sha256, store(node), release)) ?? []);
    };
  const known = nodes.every(({ name }) => storeOf(name) !== null);
  return {
    inUse: by(from, storeOf),
    toCome: by(to, (node) => given ?? storeOf(node)),
    judgedBy: !looks(to) ? null : given !== null ? "the given one" : known ? "those in use" : "none",
  };
}
