import { foldName } from "../../vocabulary/node-path";
import { isDriverName, isFolderName } from "../../plan/compare/wanted-files";
import type { Failures } from "../inputs/failures";
import type { Properties } from "../lifecycle";
import { isUnknown } from "../../schema/unknown";

/** Looks at what a config lists: names and digests that can go live, and nothing twice. */
export function checkListed(news: Properties, failures: Failures): void {
  const { platform } = (news["server"] ?? {}) as { platform?: unknown };
  // On the nodes two names may be one file.
  const fold = (name: string): string => foldName(platform === "windows" ? "C:/" : "/", name);
  checkConnectors(news["connectors"], fold, failures);
  checkDrivers(news["drivers"], fold, failures);
}

function checkConnectors(connectors: unknown, fold: (name: string) => string, failures: Failures): void {
  if (connectors === undefined) failures.add("connectors", "is missing: expected a list of connectors, which may be empty");
  const [nameIsFree, classIsFree] = [firstSeen(fold), firstSeen((pluginClass) => pluginClass)];
  const twice = "Tableau would load only one of them";
  failures.array(connectors, "connectors").forEach((one, i) => {
    const at = `connectors[${String(i)}]`;
    if (isUnknown(one)) return;
    const connector = failures.object(one, at);
    const fileName = failures.requiredText(connector["fileName"], `${at}.fileName`);
    checkDigest(connector["sha256"], `${at}.sha256`, failures);
    if (fileName !== undefined && isDriverName(fileName)) {
      failures.add(`${at}.fileName`, `${JSON.stringify(fileName)} is a driver: it belongs in \`drivers\``);
      return;
    }
    const pluginClass = failures.requiredText(connector["pluginClass"], `${at}.pluginClass`);
    if (fileName !== undefined && !isConnectorName(fileName)) {
      failures.add(`${at}.fileName`, "expected the name of a .taco file or of an unpacked folder, without a leading dot");
    }
    nameIsFree(fileName, at, (first) => {
      failures.add(`${at}.fileName`, `the file name ${JSON.stringify(fileName)} is listed twice (${first} has it too): ${twice}`);
    });
    classIsFree(pluginClass, at, (first) => {
      failures.add(`${at}.pluginClass`, `the class ${JSON.stringify(pluginClass)} is listed twice (${first} has it too): ${twice}`);
    });
  });
}

function checkDrivers(drivers: unknown, fold: (name: string) => string, failures: Failures): void {
  const nameIsFree = firstSeen(fold);
  failures.array(drivers, "drivers").forEach((one, i) => {
    const at = `drivers[${String(i)}]`;
    if (isUnknown(one)) return;
    const driver = failures.object(one, at);
    const fileName = failures.requiredText(driver["fileName"], `${at}.fileName`);
    checkDigest(driver["sha256"], `${at}.sha256`, failures);
    if (fileName !== undefined && !/^[^./][^/]*\.jar$/.test(fileName)) {
      const hint = fileName.endsWith(".taco") ? "; a connector belongs in `connectors`" : "";
      failures.add(`${at}.fileName`, `expected a file name that ends in .jar, without folders and without a leading dot${hint}`);
    }
    nameIsFree(fileName, at, (first) => {
      failures.add(
        `${at}.fileName`,
        `the file name ${JSON.stringify(fileName)} is listed twice (${first} has it too): they would be one file`,
      );
    });
  });
}

function isConnectorName(fileName: string): boolean {
  return (fileName.endsWith(".taco") || isFolderName(fileName)) && !fileName.includes("/") && !fileName.startsWith(".");
}

function checkDigest(sha256: unknown, at: string, failures: Failures): void {
  const text = failures.requiredText(sha256, at);
  if (text !== undefined && !/^[0-9a-f]{64}$/.test(text)) failures.add(at, "expected 64 lower-case hexadecimal digits");
}

type WhoHasIt = (value: string | undefined, at: string, onTwice: (first: string) => void) => void;

/** Remembers where each value stood first. */
function firstSeen(fold: (value: string) => string): WhoHasIt {
  const seen = new Map<string, string>();
  return (value, at, onTwice) => {
    if (value === undefined) return;
    const first = seen.get(fold(value));
    if (first !== undefined) onTwice(first);
    else seen.set(fold(value), at);
  };
}
