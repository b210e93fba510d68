/**
 * The entry `pulumi-tableau/provider`, which the engine's provider process loads by the text in the state of every
 * resource. Its name, its exports and what they accept are promises to every state ever written.
 */
import { channel } from "node:diagnostics_channel";
import type * as Pool from "./host/pool";
import { engineVoice } from "./engine/engine-voice";
import { toDynamicProvider } from "./engine/to-dynamic-provider";
import { cacheDirectory } from "./lifecycle/cache-directory";
import type * as Config from "./lifecycle/config";
import type * as Connector from "./lifecycle/connector";
import type * as Desktop from "./lifecycle/desktop";
import type * as Driver from "./lifecycle/driver";
import type * as Launcher from "./lifecycle/launcher";
import { lazily } from "./lifecycle/lazily";
import type { Services } from "./lifecycle/services";
import { TrustCache } from "./lifecycle/trust/trust-cache";

// The start of this process is part of every preview: each kind of resource, and what reaches nodes, is loaded when it is needed.
/* eslint-disable @typescript-eslint/no-require-imports -- an import would load it at the start */
const pool = lazily(() => new (require("./host/pool") as typeof Pool).HostPool());
const cache = cacheDirectory();

const services: Services = {
  get pool() {
    return pool();
  },
  voice: engineVoice(process.argv.at(-1)),
  cacheDirectory: cache,
  trust: new TrustCache(cache),
};

// Who measures what this process does (benchmarks) gets at it here; nobody else listens.
channel("pulumi-tableau:services").publish(services);

// The engine ends a provider process by SIGINT and waits five seconds.
process.once("SIGINT", () => {
  services.pool.close();
  process.exit(0);
});

export const connector = toDynamicProvider(
  lazily(() => (require("./lifecycle/connector") as typeof Connector).connectorLifecycle(services)),
);
export const driver = toDynamicProvider(lazily(() => (require("./lifecycle/driver") as typeof Driver).driverLifecycle(services)));
export const config = toDynamicProvider(lazily(() => (require("./lifecycle/config") as typeof Config).configLifecycle(services)));
export const desktopConnector = toDynamicProvider(
  lazily(() => (require("./lifecycle/desktop") as typeof Desktop).desktopLifecycle(services)),
);
export const desktopLauncher = toDynamicProvider(
  lazily(() => (require("./lifecycle/launcher") as typeof Launcher).launcherLifecycle(services)),
);
