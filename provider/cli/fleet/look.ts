import { HostPool } from "../../host/pool";
import { cacheDirectory } from "../../lifecycle/cache-directory";
import type { Lifecycle, Properties } from "../../lifecycle/lifecycle";
import { lifecyclesOf } from "../../lifecycle/lifecycles";
import { TrustCache } from "../../lifecycle/trust/trust-cache";
import { without } from "../../lifecycle/without";
import { parse } from "../../schema/read";
import { onServer } from "../../schema/server";
import { isObject } from "../../vocabulary/is-object";
import { TableauError } from "../../vocabulary/error";
import { wallClock } from "../../vocabulary/wall-clock";
import { fewAttempts } from "../server/with-few-attempts";
import type { StackState, StateResource } from "./stack-state";

/** Asks the nodes and machines of some stacks, as a refresh does, and changes nothing; the states are those with secrets. */
export async function look(stacks: readonly StackState[]): Promise<StackState[]> {
  const pool = new HostPool();
  const cache = cacheDirectory();
  const silent = { say: () => undefined, warn: () => undefined, progress: () => undefined };
  const lifecycles = lifecyclesOf({ pool, voice: silent, cacheDirectory: cache, trust: new TrustCache(cache) });
  try {
    return await Promise.all(
      stacks.map(async (stack) => {
        const resources = stack.resources.map((one) => lookAt(one, lifecycles[one.kind]()));
        return { ...stack, resources: await Promise.all(resources) };
      }),
    );
  } finally {
    pool.close();
  }
}

async function lookAt(resource: StateResource, lifecycle: Lifecycle): Promise<StateResource> {
  const { looked, id, properties } = resource;
  if (looked.by !== "nobody") return resource;
  try {
    const seen = await lifecycle.read(id, withLimits(properties));
    const found = seen === null ? nothingLive(properties) : seen.outs;
    return { ...resource, properties: without(found, ["credentials"]), looked: { by: "us", at: wallClock().toISOString() } };
  } catch (error) {
    const why = error instanceof TableauError ? `${error.message} (${error.code})` : String(error);
    return { ...resource, properties: without(properties, ["credentials"]), looked: { by: "us, in vain", why } };
  }
}

// A person waits.
function withLimits(properties: Properties): Properties {
  const { credentials = {} } = parse({ credentials: onServer.credentials }, properties);
  return { ...properties, credentials: fewAttempts(namesIn(properties), credentials) };
}

function namesIn({ server, machine }: Properties): string[] {
  const nodes: readonly unknown[] = isObject(server) && Array.isArray(server["nodes"]) ? server["nodes"] : [machine];
  return nodes.flatMap((node) => (isObject(node) && typeof node["name"] === "string" ? [node["name"]] : []));
}

/** A config of which nothing is left on its server. */
function nothingLive(properties: Properties): Properties {
  const live = properties["live"];
  if (!isObject(live)) return properties;
  const absent = (files: unknown): Properties =>
    isObject(files) ? Object.fromEntries(Object.keys(files).map((file) => [file, "absent"])) : {};
  return { ...properties, live: Object.fromEntries(Object.entries(live).map(([node, files]) => [node, absent(files)])), running: {} };
}
