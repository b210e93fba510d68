import { current, wantedLive } from "../../plan/compare/live";
import { windowFailures } from "../../plan/restart-window";
import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import { isAtLeast } from "../../vocabulary/version";
import { checkServer } from "../inputs/check-server";
import { Failures } from "../inputs/failures";
import { type Declared, namesOf as namesOfResources, shared } from "../declared";
import { placesOfServer } from "../inputs/places";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { hasUnknown, isUnknown, unknownValue } from "../../schema/unknown";
import { checkListed } from "./check-listed";
import { checkOrigins, withoutOrigins } from "./check-origins";
import type { ConnectorRefInputs, DriverRefInputs } from "./config-inputs";
import { tell } from "./tell";

/** Validates everything at once, and computes what a preview shall show. */
export function checkConfig(services: Services, declared: Declared, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  checkServer(news["server"], news["credentials"], failures);
  checkListed(news, failures);
  checkOrigins(news, failures);
  checkOneOwner(declared, olds, news, failures);
  checkOptions(news, failures);
  checkKeys(news, failures);
  checkSignatures(services, news, failures);
  const inputs = { ...withoutOrigins(news), ...compute(news) };
  if (failures.list.length === 0 && Object.keys(olds).length === 0) sayNew(services, inputs);
  return Promise.resolve({ inputs, failures: failures.list });
}

// Two would take the server from each other, with a restart each time.
function checkOneOwner(declared: Declared, olds: Properties, news: Properties, failures: Failures): void {
  const places = placesOfServer(news["server"]);
  const urn = urnOf(news);
  const other = declared.declare({ urn, places, earlierPlaces: placesOfServer(olds["server"]) });
  if (other === null) return;
  const [name, otherName] = namesOfResources(urn, other.urn);
  failures.add(
    "server",
    `is the server of two resources, ${otherName} and ${name} (${shared(places, other.places).join(", ")}): list all of its connectors and drivers in one TableauServerPluginsConfig or ConnectorDeployment, and remove the other`,
  );
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
  const { platform, version } = (news["server"] ?? {}) as { platform?: unknown; version?: unknown };
  failures.absolutePath(news["connectPluginsPath"], "connectPluginsPath", platform === "windows" ? "windows" : "linux");
  failures.flag(news["disableVerifyConnectorPluginSignature"], "disableVerifyConnectorPluginSignature");
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

// What the flag that the program sets would not let load, and the flag itself while it turns verification off.
function checkSignatures(services: Services, news: Properties, failures: Failures): void {
  const disabled = news["disableVerifyConnectorPluginSignature"];
  if (disabled === true) {
    services.voice.warn(
      urnOf(news),
      "The server loads every connector without verifying its signature while disableVerifyConnectorPluginSignature is true.",
    );
  }
  if (disabled !== false || !Array.isArray(news["connectors"])) return;
  news["connectors"].forEach((one: unknown, i) => {
    const { fileName, signature } = (isUnknown(one) ? {} : (one ?? {})) as Partial<ConnectorRefInputs>;
    const status = (signature as { status?: unknown } | undefined)?.status;
    if (status !== "unsigned" && status !== "invalid") return;
    const why = status === "unsigned" ? "is not signed" : "has a signature that is no good";
    failures.add(
      `connectors[${String(i)}]`,
      `${String(fileName)} ${why}, and the server would not load it with disableVerifyConnectorPluginSignature: false`,
    );
  });
}

function compute(news: Properties): Properties {
  const names = namesOf(news["server"]);
  const connectors = filesOf(news["connectors"]);
  const drivers = news["drivers"] === undefined ? [] : filesOf(news["drivers"]);
  const files = connectors === null || drivers === null ? null : [...connectors, ...drivers];
  return {
    live: names === null || files === null ? unknownValue : wantedLive(names, files),
    loaded: current,
    topology: names ?? unknownValue,
  };
}

// null where they are not known yet, or wrong, which is a failure of its own.
function namesOf(server: unknown): string[] | null {
  const nodes = (server as { nodes?: unknown } | null | undefined)?.nodes;
  if (!Array.isArray(nodes)) return null;
  const names = nodes.map((node: unknown) => (node as { name?: unknown } | null)?.name);
  return names.every((name) => typeof name === "string" && !isUnknown(name)) ? (names as string[]) : null;
}

function filesOf(connectors: unknown): DriverRefInputs[] | null {
  if (!Array.isArray(connectors)) return null;
  const isKnown = (one: unknown): boolean => {
    const { fileName, sha256 } = (one ?? {}) as Partial<DriverRefInputs>;
    return [fileName, sha256].every((text) => typeof text === "string" && !isUnknown(text));
  };
  return connectors.every(isKnown) ? (connectors as DriverRefInputs[]) : null;
}

function sayNew(services: Services, inputs: Properties): void {
  const sentence = tell(null, inputs);
  if (sentence !== null) services.voice.say(urnOf(inputs), sentence);
}
