import { randomUUID } from "node:crypto";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { applyConfig } from "./apply";
import { checkConfig } from "./check";
import type { ConfigProperties } from "./config-inputs";
import { diffConfig } from "./diff";
import { readConfig } from "./read";
import { removeConfig } from "./remove";

/** TableauServerPluginsConfig: that server runs with these connectors and these two keys. */
export function configLifecycle(services: Services): Lifecycle {
  return {
    check: (olds, news) => checkConfig(services, olds, news),
    diff: (_id, olds, news) => Promise.resolve(diffConfig(services, olds, news)),
    create: async (inputs) => {
      const id = `${(inputs as unknown as ConfigProperties).server.name}/plugins-config`;
      return { id, outs: await applyConfig(services, { id, olds: {}, news: inputs, ownerToken: randomUUID(), claim: "create" }) };
    },
    read: (_id, olds) => readConfig(services, olds),
    update: async (id, olds, news) => {
      return { outs: await applyConfig(services, { id, olds, news, ownerToken: tokenOf(olds), claim: "update" }) };
    },
    delete: (_id, olds) => removeConfig(services, olds),
  };
}

function tokenOf(olds: Properties): string {
  const token = olds["ownerToken"];
  return typeof token === "string" ? token : randomUUID();
}
