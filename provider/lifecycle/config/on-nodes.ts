import { randomUUID } from "node:crypto";
import { config } from "../../schema/config";
import { parse } from "../../schema/read";
import type { Declared } from "../declared";
import type { OnNodes, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { applyConfig, stateBefore } from "./apply";
import { readConfig } from "./read";
import { removeConfig } from "./remove";
import { tokensOf } from "./to-desired";

/** What a TableauServerPluginsConfig does on the nodes. */
export function configOnNodes(services: Services, declared: Declared): OnNodes {
  const rivals = (news: Properties): string[] => declared.staying(urnOf(news));
  const claim = (id: string, olds: Properties, news: Properties): Promise<Properties> => {
    const claimant = { ...tokensOf({ ownerToken: randomUUID() }), rivals: rivals(news) };
    return applyConfig(services, { id, olds, news, claimant, claim: "create" });
  };
  return {
    create: async (inputs) => {
      const id = `${parse(config.inputs, inputs).server.name}/plugins-config`;
      return { id, outs: await claim(id, {}, inputs) };
    },
    read: (_id, olds) => readConfig(services, olds),
    update: async (id, olds, news) => {
      const state = stateBefore(olds);
      // A create that failed before the server's record was written has claimed nothing yet.
      if (state?.ownerToken === undefined) return { outs: await claim(id, olds, news) };
      const claimant = { ...tokensOf(state), renewed: randomUUID(), rivals: rivals(news) };
      return { outs: await applyConfig(services, { id, olds, news, claimant, claim: "update" }) };
    },
    delete: (_id, olds) => removeConfig(services, declared, olds),
  };
}
