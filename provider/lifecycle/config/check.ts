import { current, wantedLive } from "../../plan/live";
import { windowFailures } from "../../plan/restart-window";
import { firstReleaseThatVerifies } from "../../plan/releases";
import { isFolderName } from "../../plan/wanted-files";
import { foldName } from "../../node-path";
import { isAtLeast } from "../../version";
import { checkServer } from "../inputs/check-server";
import { Failures } from "../inputs/failures";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { hasUnknown, isUnknown, unknownValue } from "../unknown";
import type { ConnectorRefInputs, DriverRefInputs } from "./config-inputs";
import { tell } from "./tell";

/** Validates everything at once, and computes what a preview shall show. */
export function checkConfig(services: Services, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  checkServer(news["server"], news["credentials"], failures);
  const { platform } = (news["server"] ?? {}) as { platform?: unknown };
  checkConnectors(news["connectors"], platform === "windows" ? "C:/" : "/", failures);
  checkDrivers(news["drivers"], failures);
  checkOptions(news, failures);
  checkKeys(news, failures);
  checkSignatures(services, news, failures);
  const inputs = { ...news, ...compute(news) };
  if (failures.list.length === 0 && Object.keys(olds).length === 0) sayNew(services, inputs);
  return Promise.resolve({ inputs, failures: failures.list });
}

// `root` tells which names are one file on the nodes.
function checkConnectors(connectors: unknown, root: string, failures: Failures): void {
  if (connectors === undefined) failures.add("connectors", "is missing: expected a list of connectors, which may be empty");
  const byName = new Map<string, number>();
  const byClass = new Map<string, number>();
  failures.array(connectors, "connectors").forEach((one, i) => {
    const at = `connectors[${String(i)}]`;
    if (isUnknown(one)) return;
    const connector = failures.object(one, at);
    const fileName = failures.requiredText(connector["fileName"], `${at}.fileName`);
    const pluginClass = failures.requiredText(connector["pluginClass"], `${at}.pluginClass`);
    checkDigest(connector["sha256"], `${at}.sha256`, failures);
    const isKind = (name: string): boolean => name.endsWith(".taco") || isFolderName(name);
    if (fileName !== undefined && (!isKind(fileName) || fileName.includes("/") || fileName.startsWith("."))) {
      failures.add(`${at}.fileName`, "expected the name of a .taco file or of an unpacked folder, without a leading dot");
    }
    refuseTwice(byName, fileName === undefined ? undefined : foldName(root, fileName), i, `${at}.fileName`, "the file name", failures);
    refuseTwice(byClass, pluginClass, i, `${at}.pluginClass`, "the class", failures);
  });
}

function checkDrivers(drivers: unknown, failures: Failures): void {
  const byName = new Map<string, number>();
  failures.array(drivers, "drivers").forEach((one, i) => {
    const at = `drivers[${String(i)}]`;
    if (isUnknown(one)) return;
    const driver = failures.object(one, at);
    const fileName = failures.requiredText(driver["fileName"], `${at}.fileName`);
    checkDigest(driver["sha256"], `${at}.sha256`, failures);
    if (fileName !== undefined && !/^[^./][^/]*\.jar$/.test(fileName))
      failures.add(`${at}.fileName`, "expected a file name that ends in .jar, without folders and without a leading dot");
    refuseTwice(byName, fileName, i, `${at}.fileName`, "the file name", failures);
  });
}

function checkDigest(sha256: unknown, at: string, failures: Failures): void {
  const text = failures.requiredText(sha256, at);
  if (text !== undefined && !/^[0-9a-f]{64}$/.test(text)) failures.add(at, "expected 64 lower-case hexadecimal digits");
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
