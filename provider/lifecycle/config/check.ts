import { current, wantedLive } from "../../plan/compare/live";
import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import { config, type ConfigDraft } from "../../schema/config";
import { Failures } from "../../schema/failures";
import { check } from "../../schema/read";
import { isUnknown, unknownValue } from "../../schema/unknown";
import { isAtLeast } from "../../vocabulary/version";
import { type Declared, namesOf, shared } from "../declared";
import type { Lifecycle, Properties } from "../lifecycle";
import { checkCredentials, checkServer, knownNames, systemOf } from "../server/check-server";
import { placesOfServer } from "../server/places";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { checkListed } from "./check-listed";
import { checkOrigins, withoutOrigins } from "./check-origins";
import { tell } from "./tell";

/** Validates everything at once, and computes what a preview shall show. */
export function checkConfig(services: Services, declared: Declared, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  const draft = check(config.given, news, failures, { system: systemOf(news["server"]) });
  checkServer(draft.server, failures);
  checkCredentials(news, failures);
  checkListed(draft, failures);
  checkOrigins(news, failures);
  checkOneOwner(declared, olds, news, failures);
  checkVerification(draft, failures);
  checkSignatures(draft, failures);
  if (draft.disableVerifyConnectorPluginSignature === true) {
    services.voice.warn(
      urnOf(news),
      "The server loads every connector without verifying its signature while disableVerifyConnectorPluginSignature is true.",
    );
  }
  const inputs = { ...withoutOrigins(news), ...compute(draft) };
  if (failures.list.length === 0 && Object.keys(olds).length === 0) sayNew(services, inputs);
  return Promise.resolve({ inputs, failures: failures.list });
}

// Two would take the server from each other, with a restart each time.
function checkOneOwner(declared: Declared, olds: Properties, news: Properties, failures: Failures): void {
  const places = placesOfServer(news["server"]);
  const urn = urnOf(news);
  const other = declared.declare({ urn, places, earlierPlaces: placesOfServer(olds["server"]) });
  if (other === null) return;
  const [name, otherName] = namesOf(urn, other.urn);
  failures.add(
    "server",
    `is the server of two resources, ${otherName} and ${name} (${shared(places, other.places).join(", ")}): list all of its connectors and drivers in one TableauServerPluginsConfig or ConnectorDeployment, and remove the other`,
  );
}

function checkVerification({ server, disableVerifyConnectorPluginSignature: disable }: ConfigDraft, failures: Failures): void {
  const version = server === undefined || isUnknown(server) ? undefined : server.version;
  if (disable === undefined || version === undefined || !/^\d{4}\.\d/.test(version)) return;
  if (isAtLeast(version, firstReleaseThatVerifies)) return;
  failures.add(
    "disableVerifyConnectorPluginSignature",
    `Tableau Server ${version} verifies no signatures; leave it out before ${firstReleaseThatVerifies}`,
  );
}

// What the flag that the program sets would not let load.
function checkSignatures({ connectors, disableVerifyConnectorPluginSignature: disable }: ConfigDraft, failures: Failures): void {
  if (disable !== false || connectors === undefined || isUnknown(connectors)) return;
  connectors.forEach((one, i) => {
    if (one === undefined || isUnknown(one) || one.signature === undefined || isUnknown(one.signature)) return;
    const { status } = one.signature;
    if (status !== "unsigned" && status !== "invalid") return;
    const why = status === "unsigned" ? "is not signed" : "has an invalid signature";
    failures.add(
      `connectors[${String(i)}]`,
      `${String(one.fileName)} ${why}, and the server would not load it with disableVerifyConnectorPluginSignature: false`,
    );
  });
}

function compute({ server, connectors, drivers, trust }: ConfigDraft): Properties {
  const names = knownNames(server);
  const files = [filesOf(connectors), drivers === undefined ? [] : filesOf(drivers)];
  const known = files.every((one) => one !== null) ? files.flat() : null;
  return {
    live: names === null || known === null ? unknownValue : wantedLive(names, known),
    ...(trust === undefined ? {} : { trusted: {} }),
    loaded: current,
    topology: names ?? unknownValue,
  };
}

// null where they are not known yet, or wrong, which is a failure of its own.
function filesOf(listed: ConfigDraft["connectors"] | ConfigDraft["drivers"]): { fileName: string; sha256: string }[] | null {
  if (listed === undefined || isUnknown(listed)) return null;
  const files = listed.map((one) => {
    if (one === undefined || isUnknown(one)) return null;
    const { fileName, sha256 } = one;
    if (fileName === undefined || isUnknown(fileName) || sha256 === undefined || isUnknown(sha256)) return null;
    return { fileName, sha256 };
  });
  return files.every((one) => one !== null) ? files : null;
}

function sayNew(services: Services, inputs: Properties): void {
  const sentence = tell(null, inputs);
  if (sentence !== null) services.voice.say(urnOf(inputs), sentence);
}
