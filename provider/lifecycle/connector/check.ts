import { describeConnector } from "../../plan/describe/describe-connector";
import { connector, type ConnectorDraft } from "../../schema/connector";
import { Failures } from "../../schema/failures";
import type { Draft } from "../../schema/field";
import { check, parse } from "../../schema/read";
import type { ServerInputs } from "../../schema/server";
import { hasUnknown, isUnknown, unknownValue } from "../../schema/unknown";
import { isObject } from "../../vocabulary/is-object";
import { windowsNameProblem } from "../../vocabulary/windows-name";
import { wantedDelivery } from "../delivery/wanted-delivery";
import type { Lifecycle, Properties } from "../lifecycle";
import { isFolder } from "../package/folder-source";
import { isHttps } from "../package/is-https";
import { checkCredentials, checkServer, systemOf } from "../server/check-server";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { without } from "../without";
import { serverAudience } from "./audience";
import { checkFolder } from "./check-folder";
import { checkPackage } from "./check-package";

/** Reads the package, refuses what the server would refuse, and computes what a preview shall show. */
export async function checkConnector(services: Services, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  const draft = { ...check(connector.given, news, failures, { system: systemOf(news["server"]) }), urn: urnOf(news) };
  checkServer(draft.server, failures);
  checkCredentials(news, failures);
  const given = { ...without(news, ["delivered"]), ...trustOf(news) };
  const audience = serverAudience(services, draft.server);
  const folder = await sourceFolder(draft);
  const checked =
    folder === null
      ? await checkPackage(services, draft, audience, failures)
      : await checkFolder(services, { ...draft, source: folder }, audience, failures);
  if (checked.kind === "unknown") return unknownYet(services, news, given, draft, failures);
  if (checked.kind === "unusable") return { inputs: given, failures: failures.list };
  checkNameOnServer(news["server"], checked.computed.fileName, failures);
  const inputs = { ...given, ...checked.computed, delivered: wantedDelivery(draft.server, checked.sha256) };
  if (failures.list.length === 0) say(services, olds, inputs, checked.openQuestion);
  return { inputs, failures: failures.list };
}

// Where a certificate was made for is of no use in state.
function trustOf({ trust }: Properties): Properties {
  if (!Array.isArray(trust)) return {};
  return { trust: trust.map((one: unknown) => (isObject(one) ? without(one, ["origin"]) : one)) };
}

function checkNameOnServer(server: unknown, fileName: string, failures: Failures): void {
  const problem = systemOf(server) === "windows" ? windowsNameProblem(fileName) : null;
  if (problem !== null) failures.add("fileName", `expected a name that the server's nodes can have: ${problem}`);
}

async function sourceFolder({ source, sha256, fileName }: ConnectorDraft): Promise<string | null> {
  if (source === undefined || [source, sha256, fileName].some(isUnknown) || isHttps(source)) return null;
  return (await isFolder(source)) ? source : null;
}

function unknownYet(
  services: Services,
  news: Properties,
  given: Properties,
  { server, urn }: ConnectorDraft & { readonly urn: string },
  failures: Failures,
): Awaited<ReturnType<Lifecycle["check"]>> {
  const computed = Object.fromEntries(Object.keys(connector.computed).map((key) => [key, unknownValue]));
  // What the program gives is known all the same; what is derived from the package is not.
  const known = Object.fromEntries(["sha256", "fileName"].filter((key) => news[key] !== undefined).map((key) => [key, news[key]]));
  services.voice.say(
    urn,
    `The package for ${knownName(server) ?? "the server"} is not known yet and cannot be checked in preview; an \`up\` checks it before any host is touched.`,
  );
  return { inputs: { ...given, ...computed, ...known }, failures: failures.list };
}

function knownName(server: Draft<ServerInputs> | undefined): string | null {
  return server === undefined || isUnknown(server) || server.name === undefined || isUnknown(server.name) ? null : server.name;
}

// The sentence of an update comes from diff, which is not called for a create.
function say(services: Services, olds: Properties, inputs: Properties, openQuestion: string): void {
  const { name } = (inputs["server"] ?? {}) as { readonly name?: unknown };
  const isCreate = Object.keys(olds).length === 0 && !hasUnknown([name, inputs["delivered"]]);
  const sentence = `${isCreate ? describeNew(inputs) : ""} ${openQuestion}`.trim();
  if (sentence !== "") services.voice.say(urnOf(inputs), sentence);
}

function describeNew(inputs: Properties): string {
  const wanted = parse(connector.inputs, inputs);
  return describeConnector(null, { ...wanted, server: wanted.server.name }) ?? "";
}
