import { lazily } from "../lazily";
import type { Lifecycle } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { checkCertificate, tellCertificate } from "./check";
import type * as OnNodes from "./on-nodes";

/** TableauTrustedCertificate: a certificate lies ready in the store of every node, where nothing trusts it yet. */
export function certificateLifecycle(services: Services): Lifecycle {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a preview touches no node and loads nothing of it
  const onNodes = lazily(() => (require("./on-nodes") as typeof OnNodes).certificateOnNodes(services));
  return {
    check: (olds, news) => checkCertificate(services, olds, news),
    diff: (_id, olds, news) => {
      const sentence = tellCertificate(olds, news);
      if (sentence !== null) services.voice.say(urnOf(news), sentence);
      return Promise.resolve({});
    },
    create: (inputs) => onNodes().create(inputs),
    read: (id, olds) => onNodes().read(id, olds),
    update: (id, olds, news) => onNodes().update(id, olds, news),
    // Opens no connection: it would use old credentials, perhaps of dead nodes. The next activation cleans the store.
    delete: () => Promise.resolve(),
  };
}
