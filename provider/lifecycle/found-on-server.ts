import { observeServer } from "../activation/observe-server";
import type { Target } from "../activation/target";
import { isDriverName } from "../plan/compare/wanted-files";
import { effectiveKey } from "../plan/compare/effective-key";
import { firstReleaseWithPackages } from "../plan/placement/releases";
import type { SeenPackage } from "../plan/seen";
import type { ConnectorRefInputs, DriverRefInputs } from "../schema/config";
import { parse } from "../schema/read";
import { onServer } from "../schema/server";
import { readTaco } from "../taco";
import { disableVerifyKey } from "../vocabulary/keys";
import { identify } from "./config/identify";
import type { Properties } from "./lifecycle";
import { readContents } from "./read-contents";
import { toTarget } from "./server/to-target";
import type { Services } from "./services";
import { judgeSignature } from "./trust/judge-signature";

/** What Pulumi has to know of a server that was set up by hand, to take it over as it is. */
export interface FoundOnServer {
  readonly connectors: readonly ConnectorRefInputs[];
  readonly drivers: readonly DriverRefInputs[];
  /** Whether signatures are verified is set on the server; the value is the key's. */
  readonly disableVerifyConnectorPluginSignature: boolean | undefined;
}

/** Looks for the connectors and drivers on a server's initial node, as its own start finds them. Changes nothing. */
export async function foundOnServer(services: Services, properties: Properties): Promise<FoundOnServer> {
  const target = toTarget(services.pool, parse(onServer, properties));
  const { seen } = await observeServer(target, { digests: [], fileNames: [], earlierDirectories: [], drivers: "listed", identify });
  const packages = (seen.nodes[0]?.packages ?? []).filter(({ form, sha256, readable }) => form !== "folder" && sha256 !== null && readable);
  const inPlace = packages.filter(({ directory }) => directory !== target.driversDirectory);
  const disabled = effectiveKey(disableVerifyKey, seen.keys[disableVerifyKey], seen.record);
  return {
    connectors: await connectorsAmong(
      target,
      inPlace.filter(({ fileName }) => fileName.endsWith(".taco")),
      seen.version,
    ),
    drivers: packages
      .filter(({ directory, fileName }) => directory === target.driversDirectory && isDriverName(fileName))
      .map(({ fileName, sha256 }) => ({ fileName, sha256: sha256 ?? "" })),
    disableVerifyConnectorPluginSignature: disabled === null ? undefined : disabled.toLowerCase() === "true",
  };
}

// Of two of one class Tableau loads one, and nobody knows which: the first in a fixed order is taken, and check names the other.
async function connectorsAmong(target: Target, packages: readonly SeenPackage[], version: string): Promise<ConnectorRefInputs[]> {
  const found = new Map<string, ConnectorRefInputs>();
  const contents = await readContents(target, [{ host: target.hosts[0], packages }]);
  for (const { sha256: digest, fileName } of packages) {
    const bytes = contents.get(digest ?? "");
    const taco = bytes === undefined ? null : await readTaco(bytes).catch(() => null);
    if (bytes === undefined || taco === null || found.has(taco.pluginClass)) continue;
    const { summary } = await judgeSignature({ bytes, trustStores: [], tableauVersion: version });
    const { pluginClass, pluginVersion, sha256, minVersionTableau = firstReleaseWithPackages } = taco;
    found.set(pluginClass, { fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature: summary });
  }
  return [...found.values()];
}
