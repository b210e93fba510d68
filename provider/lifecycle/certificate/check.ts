import { describeCertificate } from "../../plan/describe/describe-connector";
import { certificate as table, type CertificateInputs } from "../../schema/certificate";
import { Failures } from "../../schema/failures";
import { check, parse } from "../../schema/read";
import { hasUnknown, isUnknown, unknownValue } from "../../schema/unknown";
import type { CertificateFile } from "../../signature";
import { TableauError } from "../../vocabulary/error";
import { wantedDelivery } from "../delivery/wanted-delivery";
import type { Lifecycle, Properties } from "../lifecycle";
import { checkCredentials, checkServer, systemOf } from "../server/check-server";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { without } from "../without";
import { readCertificate } from "./certificate-source";

/** Reads the certificate, refuses one that cannot be trusted any more, and computes what a preview shows. */
export async function checkCertificate(services: Services, olds: Properties, news: Properties): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  const draft = check(table.given, news, failures, { system: systemOf(news["server"]) });
  checkServer(draft.server, failures);
  checkCredentials(news, failures);
  const given = without(news, ["delivered"]);
  const { certificate, alias } = draft;
  if (isUnknown(certificate) || isUnknown(alias)) {
    const computed = Object.fromEntries(Object.keys(table.computed).map((key) => [key, news[key] ?? unknownValue]));
    return { inputs: { ...given, ...computed, delivered: unknownValue }, failures: failures.list };
  }
  const found = certificate === undefined || failures.has("alias") ? null : await read(certificate, failures);
  if (found === null) return { inputs: given, failures: failures.list };
  judge(services, urnOf(news), found, failures);
  const { sha256, subject, notAfter } = found;
  const inputs = {
    ...given,
    ...{ sha256, subject, notAfter: new Date(notAfter).toISOString(), pem: found.pem },
    alias: alias ?? defaultAlias(found),
    delivered: wantedDelivery(draft.server, sha256),
  };
  if (failures.list.length === 0 && Object.keys(olds).length === 0) sayNew(services, inputs);
  return { inputs, failures: failures.list };
}

async function read(given: string, failures: Failures): Promise<CertificateFile | null> {
  try {
    return await readCertificate(given);
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add("certificate", error.message);
    return null;
  }
}

function judge(services: Services, urn: string, { now, notBefore, notAfter, kind, subject }: CertificateFile, failures: Failures): void {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  if (now === "expired") {
    failures.add("certificate", `${subject} has expired on ${day(notAfter)}: nothing that it has signed would be trusted`);
  }
  if (now === "early") services.voice.warn(urn, `${subject} is not valid before ${day(notBefore)}.`);
  if (kind === "open authority") {
    services.voice.warn(
      urn,
      `${subject} is an authority without constraints: the server's Java will trust whatever it vouches for, every connector's signature and every host that a JDBC driver connects to.`,
    );
  }
}

/** Such as `corporate-root-ca-3f9a12bc`. */
function defaultAlias({ commonName = "certificate", sha256 }: CertificateFile): string {
  const words = commonName
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ["certificate"];
  return `${words.join("-").slice(0, 60)}-${sha256.slice(0, 8)}`;
}

// The sentence of an update comes from diff, which is not called for a create.
function sayNew(services: Services, inputs: Properties): void {
  const sentence = tellCertificate(null, inputs);
  if (sentence !== null) services.voice.say(urnOf(inputs), sentence);
}

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellCertificate(olds: Properties | null, news: Properties): string | null {
  const { name } = (news["server"] ?? {}) as { readonly name?: unknown };
  if (hasUnknown(olds === null ? [name, news["delivered"]] : news)) return null;
  const view = (properties: Properties): CertificateInputs & { readonly of: string } => {
    const inputs = parse(table.inputs, properties);
    return { ...inputs, of: inputs.server.name };
  };
  return describeCertificate(olds === null ? null : view(olds), view(news));
}
