import type { DesiredServer } from "../desired";
import type { SeenServer } from "../seen";
import { isTrusted } from "../compare/is-trusted";
import type { RecordedTrust, ServerRecord } from "./record";

type Recorded = Pick<ServerRecord, "trust"> | null;

/** Digests of the certificates that this package put under an alias, or was about to; none: it did not. */
export function ownDigests(record: Recorded, alias: string): readonly string[] {
  return own(record?.trust?.aliases, alias) ?? [];
}

/** Digests of the certificates that an activation has confirmed as loaded, of one release on one node. */
export function confirmedTrust(record: Recorded, node: string, repository: string): readonly string[] {
  return own(own(record?.trust?.confirmed, node), repository) ?? [];
}

/** Whether the record names any certificate of ours, which then has to be looked for. */
export function namesTrust(record: Recorded): boolean {
  return Object.keys(record?.trust?.aliases ?? {}).length > 0;
}

/** What the record says while a plan is carried out: what leaves is ours until it is gone. */
export function trustBegun(record: Recorded, { trust }: DesiredServer): Pick<ServerRecord, "trust"> {
  if (trust.length === 0 && record?.trust === undefined) return {};
  const before = record?.trust ?? { aliases: {}, confirmed: {} };
  const wanted = trust.map(({ alias, sha256 }) => [alias, [...new Set([...ownDigests(record, alias), sha256])]]);
  return { trust: { ...before, aliases: { ...before.aliases, ...(Object.fromEntries(wanted) as RecordedTrust["aliases"]) } } };
}

/** What it says once that is done and was seen: in stores that run what is there is loaded. */
export function trustDone({ trust }: DesiredServer, seen: SeenServer): Pick<ServerRecord, "trust"> {
  if (trust.length === 0) return {};
  const confirmed = seen.nodes.map((node) => {
    const stores = (node.trust?.stores ?? []).flatMap(({ use, repository, entries }) => {
      const there = trust.filter((one) => entries !== null && isTrusted(entries, one)).map(({ sha256 }) => sha256);
      return use === "runs" && there.length > 0 ? [[repository, there] as const] : [];
    });
    return [node.name, Object.fromEntries(stores)] as const;
  });
  return {
    trust: { aliases: Object.fromEntries(trust.map(({ alias, sha256 }) => [alias, [sha256]])), confirmed: Object.fromEntries(confirmed) },
  };
}

/** Whether the record does not say yet what is to be said of the certificates. */
export function trustDiffers(desired: DesiredServer, seen: SeenServer): boolean {
  const { record } = seen;
  const { trust: wanted = { aliases: {}, confirmed: {} } } = trustDone(desired, seen);
  const names = new Set([...Object.keys(wanted.aliases), ...Object.keys(record?.trust?.aliases ?? {})]);
  const isKnown = (node: string, stores: RecordedTrust["confirmed"][string]): boolean =>
    Object.entries(stores).every(([repository, digests]) => digests.every((one) => confirmedTrust(record, node, repository).includes(one)));
  return (
    [...names].some((alias) => ownDigests(record, alias).join() !== ownDigests({ trust: wanted }, alias).join()) ||
    !Object.entries(wanted.confirmed).every(([node, stores]) => isKnown(node, stores))
  );
}

function own<T>(values: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
