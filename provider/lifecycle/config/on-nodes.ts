import { randomUUID } from "node:crypto";
import type { OnNodes, Properties } from "../lifecycle";
import type { Services } from "../services";
import { applyConfig } from "./apply";
import type { ConfigProperties } from "./config-inputs";
import { readConfig } from "./read";
import { removeConfig } from "./remove";

/** What a TableauServerPluginsConfig does on the nodes. */
export function configOnNodes(services: Services): OnNodes {
  return {
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
