import { type ConnectorView, describeConnector } from "../../plan/describe/describe-connector";
import { lazily } from "../lazily";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { connector } from "../../schema/connector";
import { parse } from "../../schema/read";
import { hasUnknown } from "../../schema/unknown";
import { checkConnector } from "./check";
import type * as OnNodes from "./on-nodes";

/** TableauConnector: this package, checked, lies ready in the store of every node. Nothing is live by that. */
export function connectorLifecycle(services: Services): Lifecycle {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a preview touches no node and loads nothing of it
  const onNodes = lazily(() => (require("./on-nodes") as typeof OnNodes).connectorOnNodes(services));
  return {
    check: (olds, news) => checkConnector(services, olds, news),
    diff: (_id, olds, news) => {
      say(services, olds, news);
      return Promise.resolve({});
    },
    create: (inputs) => onNodes().create(inputs),
    read: (id, olds) => onNodes().read(id, olds),
    update: (id, olds, news) => onNodes().update(id, olds, news),
    // Opens no connection: it would use old credentials, perhaps of dead nodes. The next activation cleans the store.
    delete: () => Promise.resolve(),
  };
}

function say(services: Services, olds: Properties, news: Properties): void {
  if (hasUnknown(news)) return;
  const sentence = describeConnector(viewOf(olds), viewOf(news));
  if (sentence !== null) services.voice.say(urnOf(news), sentence);
}

function viewOf(properties: Properties): ConnectorView {
  const inputs = parse(connector.inputs, properties);
  return { ...inputs, server: inputs.server.name };
}
