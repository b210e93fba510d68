import { TableauError } from "../../vocabulary/error";
import type { Declared } from "../declared";
import { checkNotedName } from "../machine/check-noted-name";
import { checkOneResource } from "../machine/check-one-resource";
import { relaunchOf } from "../machine/relaunch-of";
import { driverFileArguments } from "../../schema/driver";
import { Failures } from "../../schema/failures";
import { neededNames } from "../../schema/preview";
import { check } from "../../schema/read";
import { checkPlainName, checkSource, defaultFileName } from "../delivery/check-source";
import { wantedDelivery } from "../delivery/wanted-delivery";
import type { Lifecycle, Properties } from "../lifecycle";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import { isUnknown, unknownValue } from "../../schema/unknown";
import { urnOf } from "../urn-of";
import { without } from "../without";
import { checkPlace } from "./check-place";
import { isOnMachine, tellDriver } from "./tell-driver";

const identifying = neededNames(driverFileArguments);

/** Reads the driver file, refuses what cannot be placed, and computes what a preview shall show. */
export async function checkDriver(
  services: Services,
  declared: Declared,
  olds: Properties,
  news: Properties,
): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  const server = checkPlace(news, failures);
  const file = check(driverFileArguments, news, failures);
  const { source, sha256: pinned } = file;
  checkSource(file, failures);
  const onMachine = isOnMachine(news);
  const given = { ...without(news, ["delivered", "placed"]), ...(onMachine ? { relaunch: relaunchOf(news["machine"]) } : {}) };
  if ([source, pinned, file.fileName].some(isUnknown)) {
    const place = onMachine ? "placed" : "delivered";
    const computed = Object.fromEntries(["sha256", "fileName"].map((key) => [key, news[key] ?? unknownValue]));
    return { inputs: { ...given, ...computed, [place]: unknownValue }, failures: failures.list };
  }
  const fileName = file.fileName ?? defaultFileName(source ?? String(news["source"]));
  checkFileName(fileName, failures);
  if (onMachine) checkNotedName(fileName, failures);
  // A driver of a server is the config's to list.
  if (onMachine) checkOneResource(declared, { folder: "driversDirectory", name: "fileName" }, olds, { ...given, fileName }, failures);
  const sha256 = source === undefined || failures.has(...identifying) ? null : await digest(services, source, pinned, failures);
  if (sha256 === null) return { inputs: given, failures: failures.list };
  const place = onMachine ? { placed: sha256 } : { delivered: wantedDelivery(server, sha256) };
  const inputs = { ...given, sha256, fileName, ...place };
  if (failures.list.length === 0 && Object.keys(olds).length === 0) sayNew(services, inputs);
  return { inputs, failures: failures.list };
}

function checkFileName(fileName: string, failures: Failures): void {
  checkPlainName(fileName, failures);
  if (fileName.endsWith(".jar")) return;
  const isInstaller = /\.(?:deb|rpm|msi|exe|pkg|dmg|zip|tgz|tar\.gz)$/i.test(fileName);
  const why = isInstaller
    ? "an ODBC driver is installed by its own installer, which no copied file can replace: run it on every node, as with @pulumi/command, and name its version in restartTriggers"
    : "Tableau loads JDBC drivers from .jar files";
  failures.add("fileName", `expected a name that ends in .jar, got ${JSON.stringify(fileName)}: ${why}`);
}

async function digest(services: Services, source: string, pinned: string | undefined, failures: Failures): Promise<string | null> {
  try {
    const { bytes, sha256 } = await readPackage(source, pinned, services.cacheDirectory, "driver");
    // A jar is a zip file; the web page of a login form is not.
    if (bytes.subarray(0, 2).toString("latin1") !== "PK") {
      failures.add("source", "is no .jar file: it does not begin as one");
      return null;
    }
    return sha256;
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(error.code === "digest-mismatch" ? "sha256" : "source", error.message);
    return null;
  }
}

// The sentence of an update comes from diff, which is not called for a create.
function sayNew(services: Services, inputs: Properties): void {
  const sentence = tellDriver(null, inputs);
  if (sentence !== null) services.voice.say(urnOf(inputs), sentence);
}
