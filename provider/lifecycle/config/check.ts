import { current, wantedLive } from "../../plan/live";
import { describeConfig } from "../../plan/describe-config";
import { windowFailures } from "../../plan/restart-window";
import { firstReleaseThatVerifies } from "../../plan/releases";
import { isAtLeast } from "../../version";
import { checkServer } from "../inputs/check-server";
import { Failures } from "../inputs/failures";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { hasUnknown, isUnknown, unknownValue } from "../unknown";
import type { ConfigInputs, ConnectorRefInputs } from "./config-inputs";
import { activationNow } from "./activation-now";
import { toView } from "./to-view";

/** Validates everything at once, and computes what a preview shall show. */
export function checkConfig(services: Services, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  checkServer(news["server"], news["credentials"], failures);
  checkConnectors(news["connectors"], failures);
  checkOptions(news, failures);
  checkKeys(news, failures);
  const inputs = { ...news, ...compute(news) };
  if (failures.list.length === 0 && Object.keys(olds).length === 0) sayNew(services, inputs);
  return Promise.resolve({ inputs, failures: failures.list });
}

function checkConnectors(connectors: unknown, failures: Failures): void {
  if (connectors === undefined) failures.add("connectors", "is missing: expected a list of connectors, which may be empty");
  const byName = new Map<string, number>();
  const byClass = new Map<string, number>();
  failures.array(connectors, "connectors").forEach((one, i) => {
    const at = `connectors[${String(i)}]`;
    if (isUnknown(one)) return;
    const connector = failures.object(one, at);
    const fileName = failures.requiredText(connector["fileName"], `${at}.fileName`);
    const pluginClass = failures.requiredText(connector["pluginClass"], `${at}.pluginClass`);
    const sha256 = failures.requiredText(connector["sha256"], `${at}.sha256`);
    if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) failures.add(`${at}.sha256`, "expected 64 lower-case hexadecimal digits");
    if (fileName !== undefined && (!fileName.endsWith(".taco") || fileName.includes("/") || fileName.startsWith("."))) {
      failures.add(`${at}.fileName`, "expected a file name that ends in .taco, without folders and without a leading dot");
    }
    refuseTwice(byName, fileName, i, `${at}.fileName`, "the file name", failures);
    refuseTwice(byClass, pluginClass, i, `${at}.pluginClass`, "the class", failures);
  });
}

function refuseTwice(
  seen: Map<string, number>,
  value: string | undefined,
  index: number,
  property: string,
  what: string,
  failures: Failures,
): void {
  if (value === undefined) return;
  const first = seen.get(value);
  if (first !== undefined) {
    failures.add(
      property,
      `${what} ${JSON.stringify(value)} is listed twice (connectors[${String(first)}] has it too): Tableau would load only one of them`,
    );
  }
  seen.set(value, first ?? index);
}

function checkOptions(news: Properties, failures: Failures): void {
  failures.oneOf(news["activation"], "activation", ["now", "hold"]);
  failures.oneOf(news["foreignPendingChanges"], "foreignPendingChanges", ["refuse", "apply", "discard"]);
  failures.oneOf(news["unlistedConnectors"], "unlistedConnectors", ["keep", "retire"]);
  const window = failures.object(news["restartWindow"], "restartWindow");
  if (Object.keys(window).length > 0 && !hasUnknown(window)) {
    for (const { field, reason } of windowFailures(window)) failures.add(`restartWindow.${field}`, reason);
  }
  failures.flag(news["overwriteUnmanaged"], "overwriteUnmanaged");
  failures.flag(news["takeOver"], "takeOver");
  failures.flag(news["rollback"], "rollback");
  failures
    .array(news["acceptBreaking"], "acceptBreaking")
    .forEach((name, i) => failures.requiredText(name, `acceptBreaking[${String(i)}]`));
  const timeouts = failures.object(news["timeouts"], "timeouts");
  for (const name of ["connect", "command", "restart", "ready"]) failures.number(timeouts[name], `timeouts.${name}`, 1);
}

function checkKeys(news: Properties, failures: Failures): void {
  failures.absolutePath(news["connectPluginsPath"], "connectPluginsPath");
  failures.flag(news["disableVerifyConnectorPluginSignature"], "disableVerifyConnectorPluginSignature");
  const version = (news["server"] as { version?: unknown } | undefined)?.version;
  if (
    news["disableVerifyConnectorPluginSignature"] !== undefined &&
    typeof version === "string" &&
    /^\d{4}\.\d/.test(version) &&
    !isAtLeast(version, firstReleaseThatVerifies)
  ) {
    failures.add(
      "disableVerifyConnectorPluginSignature",
      `Tableau Server ${version} verifies no signatures; leave it out before ${firstReleaseThatVerifies}`,
    );
  }
}

function compute(news: Properties): Properties {
  const nodes = (news["server"] as { nodes?: unknown } | undefined)?.nodes;
  const connectors = news["connectors"];
  const names = Array.isArray(nodes)
    ? nodes.map((node: unknown) => (isUnknown(node) ? unknownValue : (node as { name?: unknown }).name))
    : unknownValue;
  const unknown = hasUnknown(names) || !Array.isArray(names) || hasUnknownFile(connectors);
  return {
    live: unknown || !Array.isArray(connectors) ? unknownValue : wantedLive(names as string[], connectors as ConnectorRefInputs[]),
    loaded: current,
    topology: hasUnknown(names) ? unknownValue : names,
  };
}

function hasUnknownFile(connectors: unknown): boolean {
  if (!Array.isArray(connectors)) return true;
  return connectors.some(
    (one: unknown) => isUnknown(one) || hasUnknown((one as ConnectorRefInputs).fileName) || hasUnknown((one as ConnectorRefInputs).sha256),
  );
}

function sayNew(services: Services, inputs: Properties): void {
  const urn = urnOf(inputs);
  if (hasUnknown(inputs["connectors"]) || hasUnknown(inputs["live"]) || hasUnknown(inputs["server"])) {
    services.voice.say(
      urn,
      "Which connectors will be live is not known yet; an `up` needs at most one restart of the server, users are disconnected.",
    );
    return;
  }
  const config = inputs as unknown as ConfigInputs;
  const sentence = describeConfig(null, toView(config), activationNow(config));
  if (sentence !== null) services.voice.say(urn, sentence);
}
