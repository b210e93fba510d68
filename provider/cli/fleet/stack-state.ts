import type { KindName } from "../../lifecycle/lifecycles";
import type { Properties } from "../../lifecycle/lifecycle";
import { toLifecycle } from "../../lifecycle/server/written-shape";
import { kinds } from "../../plugin/kinds";
import { isObject } from "../../vocabulary/is-object";

/** A stack as it was read; `error` null where it could be. */
export interface StackState {
  readonly name: string;
  readonly error: string | null;
  /** RFC 3339. */
  readonly writtenAt: string | null;
  /** URNs of resources whose operation was interrupted. */
  readonly interrupted: readonly string[];
  readonly resources: readonly StateResource[];
}

/** A resource of this package. */
export interface StateResource {
  readonly kind: KindName;
  readonly urn: string;
  readonly id: string;
  /** As the lifecycles take them. */
  readonly properties: Properties;
  /** When Pulumi wrote it, RFC 3339; null: not told. */
  readonly writtenAt: string | null;
  /** Why the last operation on it failed; empty: it did not. */
  readonly failed: readonly string[];
  readonly looked: Looked;
}

/** Whether somebody asked the nodes. */
export type Looked =
  { readonly by: "nobody" } | { readonly by: "us"; readonly at: string } | { readonly by: "us, in vain"; readonly why: string };

/** What `pulumi stack export` says, as far as it is of this package; whether its secrets are shown or hidden is the caller's. */
export function toStackState(name: string, exported: unknown): StackState {
  const deployment = objectIn(exported, "deployment");
  const resources = listIn(deployment, "resources").filter(isObject);
  return {
    name,
    error: null,
    writtenAt: textIn(objectIn(deployment, "manifest"), "time"),
    interrupted: listIn(deployment, "pending_operations").flatMap((one) => ownUrn(objectIn(one, "resource")) ?? []),
    resources: resources.flatMap((one) => toResource(one) ?? []),
  };
}

/** A stack that could not be read. */
export function unreadStack(name: string, error: string): StackState {
  return { name, error, writtenAt: null, interrupted: [], resources: [] };
}

const dynamic = "pulumi-nodejs:dynamic/tableau:";

function kindOf(type: string): KindName | null {
  const token = type.startsWith(dynamic) ? `tableau:index:${type.slice(dynamic.length)}` : type;
  return Object.hasOwn(kinds, token) ? (kinds[token]?.lifecycle ?? null) : null;
}

function ownUrn(resource: Properties): string | null {
  return kindOf(textIn(resource, "type") ?? "") === null ? null : textIn(resource, "urn");
}

function toResource(resource: Properties): StateResource | null {
  const [kind, urn] = [kindOf(textIn(resource, "type") ?? ""), textIn(resource, "urn")];
  // A replaced one waits for its end.
  if (kind === null || urn === null || resource["delete"] === true) return null;
  return {
    kind,
    urn,
    id: textIn(resource, "id") ?? "",
    properties: toLifecycle(objectIn(resource, "outputs"), urn),
    writtenAt: textIn(resource, "modified"),
    failed: listIn(resource, "initErrors").filter((one) => typeof one === "string"),
    looked: { by: "nobody" },
  };
}

function objectIn(value: unknown, name: string): Properties {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const inner = isObject(value) ? value[name] : undefined;
  return Array.isArray(inner) ? inner : [];
}

function textIn(value: Properties, name: string): string | null {
  const text = value[name];
  return typeof text === "string" ? text : null;
}
