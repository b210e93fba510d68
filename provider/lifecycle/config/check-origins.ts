import { products } from "../../machine/plan/products";
import { productOf } from "../machine/machine-audience";
import type { Failures } from "../../schema/failures";
import type { Properties } from "../lifecycle";
import { hasUnknown } from "../../schema/unknown";

interface Address {
  readonly host?: string;
  readonly port?: number;
}

interface Place {
  readonly name: string;
  readonly nodes?: readonly Address[];
  readonly product?: unknown;
}

const makers = { connectors: "TableauConnector", drivers: "TableauDriver", trust: "TableauTrustedCertificate" } as const;

/**
 * Refuses what was made for another place than this server: its bytes are not in the store of these nodes, and `up` would
 * find that out only there.
 */
export function checkOrigins(news: Properties, failures: Failures): void {
  for (const [list, maker] of Object.entries(makers)) {
    asList(news[list]).forEach((one, i) => {
      const { alias, fileName = alias, origin } = (one ?? {}) as { alias?: unknown; fileName?: unknown; origin?: unknown };
      const why = whyNotHere(origin, news["server"]);
      if (why === null) return;
      const instead = `List a ${maker} that is made with this server as its \`server\``;
      failures.add(`${list}[${String(i)}]`, `${typeof fileName === "string" ? fileName : "it"} ${why}. ${instead}`);
    });
  }
}

/** The inputs as state keeps them: where something listed was made for, and the text of a certificate, are of no use after check. */
export function withoutOrigins(news: Properties): Properties {
  const lists = Object.keys(makers).filter((list) => Array.isArray(news[list]));
  return { ...news, ...Object.fromEntries(lists.map((list) => [list, asList(news[list]).map(withoutOrigin)])) };
}

function withoutOrigin(one: unknown): unknown {
  if (typeof one !== "object" || one === null || Array.isArray(one)) return one;
  return Object.fromEntries(Object.entries(one).filter(([name]) => name !== "origin" && name !== "pem"));
}

function whyNotHere(origin: unknown, server: unknown): string | null {
  const { machine, server: other } = (origin ?? {}) as { machine?: unknown; server?: unknown };
  if (isPlace(machine)) {
    return `is made for the machine ${machine.name} (${products[productOf(machine)].title}), where its resource places it, and lies on no node of a server`;
  }
  if (!isPlace(other) || !isPlace(server) || !isAnother(other, server)) return null;
  return `is made for the server ${other.name}, and is not delivered to the nodes of ${server.name}`;
}

// A name alone is a label that may differ, and one machine may have two addresses: only both together are another server.
function isAnother(left: Place, right: Place): boolean {
  const there = new Set((left.nodes ?? []).map(addressOf));
  return left.name !== right.name && (right.nodes ?? []).some((node) => !there.has(addressOf(node)));
}

function addressOf({ host, port }: Address): string {
  return host === undefined ? "this machine" : `${host.toLowerCase()}:${String(port ?? 22)}`;
}

/** Whether it is known and of the right shape; what is wrong is a failure of its own. */
function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null || hasUnknown(value)) return false;
  const { name, nodes = [] } = value as { name?: unknown; nodes?: unknown };
  return typeof name === "string" && Array.isArray(nodes) && nodes.every(isAddress);
}

function isAddress(value: unknown): value is Address {
  const { host } = (value ?? {}) as { host?: unknown };
  return host === undefined || typeof host === "string";
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
