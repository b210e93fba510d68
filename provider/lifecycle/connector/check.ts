import { describeConnector } from "../../plan/describe/describe-connector";
import { wantedDelivery } from "../delivery/wanted-delivery";
import { checkServer } from "../inputs/check-server";
import { Failures } from "../inputs/failures";
import type { ServerInputs } from "../inputs/server-inputs";
import type { Lifecycle, Properties } from "../lifecycle";
import { isFolder } from "../package/folder-source";
import { isHttps } from "../package/is-https";
import type { Services } from "../services";
import { windowsNameProblem } from "../../vocabulary/windows-name";
import { urnOf } from "../urn-of";
import { hasUnknown, isUnknown, unknownValue } from "../../schema/unknown";
import { serverAudience } from "./audience";
import { checkFolder } from "./check-folder";
import { checkPackage } from "./check-package";
import { computedOfConnector, type ConnectorProperties } from "./connector-inputs";

/** Reads the package, refuses what the server would refuse, and computes what a preview shall show. */
export async function checkConnector(services: Services, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  checkServer(news["server"], news["credentials"], failures);
  const given = Object.fromEntries(Object.entries(news).filter(([key]) => key !== "delivered"));
  const check = (await hasFolder(news)) ? checkFolder : checkPackage;
  const checked = await check(services, news, serverAudience(services, news["server"]), failures);
  if (checked.kind === "unknown") return unknownYet(services, news, given, failures);
  if (checked.kind === "unusable") return { inputs: given, failures: failures.list };
  checkNameOnServer(news["server"], checked.computed["fileName"], failures);
  const inputs = { ...given, ...checked.computed, delivered: wantedDelivery(news["server"], checked.sha256) };
  if (failures.list.length === 0) say(services, olds, inputs as unknown as ConnectorProperties, checked.openQuestion);
  return { inputs, failures: failures.list };
}

function checkNameOnServer(server: unknown, fileName: unknown, failures: Failures): void {
  const { platform } = (server ?? {}) as Partial<ServerInputs>;
  const problem = platform === "windows" && typeof fileName === "string" ? windowsNameProblem(fileName) : null;
  if (problem !== null) failures.add("fileName", `expected a name that the server's nodes can have: ${problem}`);
}

async function hasFolder({ source, sha256, fileName }: Properties): Promise<boolean> {
  const isKnown = typeof source === "string" && ![source, sha256, fileName].some(isUnknown);
  return isKnown && !isHttps(source) && (await isFolder(source));
}

function unknownYet(services: Services, news: Properties, given: Properties, failures: Failures): Awaited<ReturnType<Lifecycle["check"]>> {
  const computed = Object.fromEntries(computedOfConnector.map((key) => [key, unknownValue]));
  // What the program gives is known all the same; what is derived from the package is not.
  const known = Object.fromEntries(["sha256", "fileName"].filter((key) => news[key] !== undefined).map((key) => [key, news[key]]));
  const name = (news["server"] as Partial<ServerInputs> | undefined)?.name;
  services.voice.say(
    urnOf(news),
    `The package for ${name === undefined || isUnknown(name) ? "the server" : name} is not known yet and cannot be checked in preview; an \`up\` checks it before any host is touched.`,
  );
  return { inputs: { ...given, ...computed, ...known }, failures: failures.list };
}

// The sentence of an update comes from diff, which is not called for a create.
function say(services: Services, olds: Properties, inputs: ConnectorProperties, openQuestion: string): void {
  const isCreate = Object.keys(olds).length === 0 && !hasUnknown(inputs.server.name) && !hasUnknown(inputs.delivered);
  const delivery = isCreate ? (describeConnector(null, { ...inputs, server: inputs.server.name }) ?? "") : "";
  const sentence = `${delivery} ${openQuestion}`.trim();
  if (sentence !== "") services.voice.say(inputs.__urn, sentence);
}
