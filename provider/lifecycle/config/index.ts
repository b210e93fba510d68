import { Declared } from "../declared";
import type { Lifecycle } from "../lifecycle";
import type { Services } from "../services";
import { whenNeeded } from "../when-needed";
import { checkConfig } from "./check";
import { diffConfig } from "./diff";
import type * as OnNodes from "./on-nodes";

/** TableauServerPluginsConfig: that server runs with these connectors and these two keys. */
export function configLifecycle(services: Services): Lifecycle {
  const declared = new Declared();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a preview touches no node and loads nothing of it
  const onNodes = whenNeeded(() => (require("./on-nodes") as typeof OnNodes).configOnNodes(services, declared));
  return {
    check: (olds, news) => checkConfig(services, declared, olds, news),
    diff: (_id, olds, news) => Promise.resolve(diffConfig(services, olds, news)),
    ...onNodes,
  };
}
