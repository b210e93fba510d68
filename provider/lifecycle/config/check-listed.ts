import { foldName } from "../../vocabulary/node-path";
import { isFolderName } from "../../plan/compare/wanted-files";
import type { ConfigDraft } from "../../schema/config";
import type { Failures } from "../../schema/failures";
import { isUnknown } from "../../schema/unknown";

type Fold = (name: string) => string;

/** Looks at what a config lists: names that can go live, and nothing twice. */
export function checkListed({ server, connectors, drivers, trust }: ConfigDraft, failures: Failures): void {
  const isOnWindows = server !== undefined && !isUnknown(server) && server.platform === "windows";
  // On the nodes two names may be one file.
  const fold: Fold = (name) => foldName(isOnWindows ? "C:/" : "/", name);
  checkConnectors(connectors, fold, failures);
  checkDrivers(drivers, fold, failures);
  checkCertificates(trust, failures);
}

function checkConnectors(connectors: ConfigDraft["connectors"], fold: Fold, failures: Failures): void {
  if (connectors === undefined || isUnknown(connectors)) return;
  const [nameIsFree, classIsFree] = [firstSeen(fold), firstSeen((pluginClass) => pluginClass)];
  const twice = "Tableau would load only one of them";
  connectors.forEach((one, i) => {
    if (one === undefined || isUnknown(one)) return;
    const at = `connectors[${String(i)}]`;
    const [fileName, pluginClass] = [known(one.fileName), known(one.pluginClass)];
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

function checkDrivers(drivers: ConfigDraft["drivers"], fold: Fold, failures: Failures): void {
  if (drivers === undefined || isUnknown(drivers)) return;
  const nameIsFree = firstSeen(fold);
  drivers.forEach((one, i) => {
    if (one === undefined || isUnknown(one)) return;
    const at = `drivers[${String(i)}]`;
    const fileName = known(one.fileName);
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

function checkCertificates(trust: ConfigDraft["trust"], failures: Failures): void {
  if (trust === undefined || isUnknown(trust)) return;
  const [aliasIsFree, digestIsFree] = [firstSeen((alias) => alias), firstSeen((sha256) => sha256)];
  trust.forEach((one, i) => {
    if (one === undefined || isUnknown(one)) return;
    const at = `trust[${String(i)}]`;
    const [alias, sha256] = [known(one.alias), known(one.sha256)];
    aliasIsFree(alias, at, (first) => {
      failures.add(
        `${at}.alias`,
        `the alias ${JSON.stringify(alias)} is listed twice (${first} has it too): a store has one entry of a name`,
      );
    });
    digestIsFree(sha256, at, (first) => failures.add(at, `the certificate ${String(alias)} is listed twice (${first} is the same)`));
  });
}

function known(value: string | undefined): string | undefined {
  return isUnknown(value) ? undefined : value;
}

function isConnectorName(fileName: string): boolean {
  return (fileName.endsWith(".taco") || isFolderName(fileName)) && !fileName.includes("/") && !fileName.startsWith(".");
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
