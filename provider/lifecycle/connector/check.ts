import { basename } from "node:path";
import { TableauError } from "../../error";
import { describeConnector } from "../../plan/describe-connector";
import { firstReleaseThatVerifies, firstReleaseWithPackages } from "../../plan/releases";
import { readTaco, type Taco } from "../../taco";
import { isAtLeast } from "../../version";
import { checkServer } from "../inputs/check-server";
import { Failures } from "../inputs/failures";
import type { ServerInputs } from "../inputs/server-inputs";
import type { Lifecycle, Properties } from "../lifecycle";
import { isHttps, readPackage } from "../package-source";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { hasUnknown, isUnknown, unknownValue } from "../unknown";
import { checkSignature } from "./check-signature";
import { computedOfConnector, type ConnectorProperties } from "./connector-inputs";

/** Reads the package, refuses what the server would refuse, and computes what a preview shall show. */
export async function checkConnector(services: Services, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  checkServer(news["server"], news["credentials"], failures);
  checkArguments(news, failures);
  const given = Object.fromEntries(Object.entries(news).filter(([key]) => key !== "delivered"));
  if (["source", "sha256", "fileName"].some((key) => isUnknown(news[key]))) return unknownYet(services, news, given, failures);
  const found = failures.list.some(({ property }) => ["source", "sha256", "fileName"].includes(property))
    ? null
    : await read(services, news, failures);
  if (found === null) return { inputs: given, failures: failures.list };
  const { taco, bytes } = found;
  const { summary: signature, openQuestion } = await checkSignature(services, news, bytes, failures);
  const inputs = { ...given, ...compute(news, taco), signature };
  checkAgainstServer(news["server"] as ServerInputs | undefined, taco, failures);
  if (failures.list.length === 0) say(services, olds, inputs as unknown as ConnectorProperties, openQuestion);
  return { inputs, failures: failures.list };
}

function checkArguments(news: Properties, failures: Failures): void {
  const source = failures.requiredText(news["source"], "source");
  const sha256 = failures.text(news["sha256"], "sha256");
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))
    failures.add("sha256", `expected 64 lower-case hexadecimal digits, got ${JSON.stringify(sha256)}`);
  if (source !== undefined && /^[a-z]+:\/\//i.test(source) && !isHttps(source))
    failures.add("source", "expected a path or an https: address");
  if (source !== undefined && isHttps(source) && !URL.canParse(source))
    failures.add("source", "expected an https: address that can be parsed");
  if (source !== undefined && isHttps(source) && (news["sha256"] === undefined || news["sha256"] === null)) {
    failures.add("sha256", "is missing: a package fetched over https needs the digest that pins it");
  }
  failures.flag(news["requireSignature"], "requireSignature");
  failures.text(news["trustStore"], "trustStore");
  const fileName = failures.text(news["fileName"], "fileName") ?? (source === undefined ? undefined : defaultFileName(source));
  if (fileName !== undefined) checkFileName(fileName, failures);
}

function checkFileName(fileName: string, failures: Failures): void {
  const got = `got ${JSON.stringify(fileName)}`;
  if (!fileName.endsWith(".taco")) failures.add("fileName", `expected a name that ends in .taco (Tableau reads no other), ${got}`);
  if (fileName.includes("/")) failures.add("fileName", `expected a name without folders, ${got}`);
  if (fileName.startsWith(".")) failures.add("fileName", `expected a name that does not begin with a dot, ${got}`);
  if (Buffer.byteLength(fileName) > 255) failures.add("fileName", "expected at most 255 bytes, as file systems allow");
}

function defaultFileName(source: string): string {
  if (!isHttps(source)) return basename(source);
  const path = URL.canParse(source) ? basename(new URL(source).pathname) : "";
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function read(services: Services, news: Properties, failures: Failures): Promise<{ taco: Taco; bytes: Buffer } | null> {
  try {
    const bytes = await readPackage(String(news["source"]), (news["sha256"] ?? undefined) as string | undefined, services.cacheDirectory);
    return { taco: await readTaco(bytes), bytes };
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(error.code === "digest-mismatch" ? "sha256" : "source", error.message);
    return null;
  }
}

function compute(news: Properties, taco: Taco): Properties {
  return {
    sha256: taco.sha256,
    fileName: news["fileName"] ?? defaultFileName(String(news["source"])),
    pluginClass: taco.pluginClass,
    pluginVersion: taco.pluginVersion,
    // Packages before the packager stamped a version load from the first release that loads any.
    minVersionTableau: taco.minVersionTableau ?? firstReleaseWithPackages,
    delivered: delivered(news["server"], taco.sha256),
  };
}

function delivered(server: unknown, sha256: string): unknown {
  const nodes = (server as { nodes?: unknown } | null | undefined)?.nodes;
  if (!Array.isArray(nodes)) return unknownValue;
  const names = nodes.map((node: unknown) => (node as { name?: unknown } | null)?.name);
  if (!names.every((name) => typeof name === "string" && !isUnknown(name))) return unknownValue;
  return Object.fromEntries(names.map((name) => [name, sha256]));
}

/** What the server's version would not load; without a version this is looked at when the server is reached. */
function checkAgainstServer(server: Partial<ServerInputs> | null | undefined, taco: Taco, failures: Failures): void {
  const version = server?.version;
  if (typeof version !== "string" || isUnknown(version) || failures.list.some(({ property }) => property === "server.version")) return;
  const { minVersionTableau } = taco;
  if (!isAtLeast(version, firstReleaseWithPackages)) {
    failures.add("server.version", `Tableau Server ${version} loads no packaged connectors; they load from ${firstReleaseWithPackages} on`);
  } else if (minVersionTableau !== undefined && !isAtLeast(version, minVersionTableau)) {
    failures.add(
      "source",
      `needs Tableau ${minVersionTableau} (min-version-tableau of its manifest); the server is ${version} and would not load it`,
    );
  }
  // https://github.com/tableau/connector-plugin-sdk/issues/571
  if (isAtLeast(version, firstReleaseThatVerifies) && taco.kind === "connector" && !taco.hasVendorInformation) {
    failures.add(
      "source",
      `has no vendor-information in its manifest; Tableau loads no such connector from ${firstReleaseThatVerifies} on`,
    );
  }
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
