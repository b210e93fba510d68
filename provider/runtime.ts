/**
 * The entry `pulumi-tableau/provider`, which the engine's provider process loads by the text in the state of every
 * resource. Its name, its exports and what they accept are promises to every state ever written.
 */
import { HostPool } from "./host/pool";
import { cacheDirectory } from "./lifecycle/cache-directory";
import { configLifecycle } from "./lifecycle/config";
import { connectorLifecycle } from "./lifecycle/connector";
import { desktopLifecycle } from "./lifecycle/desktop";
import { launcherLifecycle } from "./lifecycle/launcher";
import { driverLifecycle } from "./lifecycle/driver";
import type { Services } from "./lifecycle/services";
import { TrustCache } from "./lifecycle/trust/trust-cache";
import { engineVoice } from "./engine/engine-voice";
import { toDynamicProvider } from "./engine/to-dynamic-provider";

const cache = cacheDirectory();

const services: Services = {
  pool: new HostPool(),
  voice: engineVoice(process.argv.at(-1)),
  cacheDirectory: cache,
  trust: new TrustCache(cache),
};

// The engine ends a provider process by SIGINT and waits five seconds.
process.once("SIGINT", () => {
  services.pool.close();
  process.exit(0);
});

export const connector = toDynamicProvider(connectorLifecycle(services));
export const driver = toDynamicProvider(driverLifecycle(services));
export const config = toDynamicProvider(configLifecycle(services));
export const desktopConnector = toDynamicProvider(desktopLifecycle(services));
export const desktopLauncher = toDynamicProvider(launcherLifecycle(services));
