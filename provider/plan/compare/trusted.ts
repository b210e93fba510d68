import type { DesiredServer } from "../desired";
import type { SeenServer } from "../seen";
import type { SeenStore } from "../seen-trust";
import { compareTrust } from "./compare-trust";
import { isTrusted } from "./is-trusted";

/** By node and repository: what of the listed certificates is not as it should be. Empty where nothing is missing. */
export type Trusted = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** How the text of a repository ends that is not in use, so that nothing of it needs a restart. */
export const notInUse = "not in use";

/** What a diff of the config shows of the trust stores. */
export function seenTrusted(desired: DesiredServer, seen: SeenServer): Trusted {
  const nodes = seen.nodes.flatMap((node) => {
    const { steps } = compareTrust(desired, seen, node);
    const stores = (node.trust?.stores ?? []).flatMap((store) => {
      const step = steps.find(({ repository }) => repository === store.repository);
      const text = describe(desired, store, step?.remove.map(({ alias }) => alias) ?? []);
      return text === null ? [] : [[store.repository, store.use === "runs" ? text : `${text}, ${notInUse}`] as const];
    });
    return stores.length === 0 ? [] : [[node.name, Object.fromEntries(stores)] as const];
  });
  return Object.fromEntries(nodes);
}

function describe({ trust }: DesiredServer, { entries }: SeenStore, tooMany: readonly string[]): string | null {
  if (entries === null) return trust.length === 0 ? null : "unreadable";
  const missing = trust.filter((one) => !isTrusted(entries, one)).map(({ alias }) => alias);
  const extra = tooMany.filter((alias) => !missing.includes(alias)).map((alias) => `${alias} is not listed`);
  const absent = missing.length === 0 ? [] : missing.length === trust.length ? ["absent"] : missing.map((alias) => `${alias} is absent`);
  return [...absent, ...extra].join("; ") || null;
}
