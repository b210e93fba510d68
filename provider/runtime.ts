/**
 * The entry `pulumi-tableau/provider`, which the engine's provider process loads by the text in the state of every
 * resource. Its name, its exports and what they accept are promises to every state ever written.
 */
import { channel } from "node:diagnostics_channel";
import type * as Pool from "./host/pool";
import type * as WatchEngine from "./engine/watch-engine";
import { engineVoice } from "./engine/engine-voice";
import { toDynamicProvider } from "./engine/to-dynamic-provider";
import { cacheDirectory } from "./lifecycle/cache-directory";
import type * as Config from "./lifecycle/config";
import type * as Connector from "./lifecycle/connector";
import type * as Desktop from "./lifecycle/machine";
import type * as Driver from "./lifecycle/driver";
import type * as Launcher from "./lifecycle/launcher";
import { lazily } from "./lifecycle/lazily";
import type { Services } from "./lifecycle/services";
import { TrustCache } from "./lifecycle/trust/trust-cache";

// The start of this process is part of every preview: each kind of resource, and what reaches nodes, is loaded when it is needed.
/* eslint-disable @typescript-eslint/no-require-imports -- an import would load it at the start */
/** An engine that was killed is noticed within some four seconds; the process then ends within 30 in all. */
const secondsBeforeWatch = 1;
const secondsToSettle = 20;
const pool = lazily(() => new (require("./host/pool") as typeof Pool).HostPool());
const cache = cacheDirectory();

// The last argument that the engine gives its provider processes is its own address.
const engineAddress = /^[\w.[\]:-]+:\d+$/.exec(process.argv.at(-1) ?? "")?.[0];

const services: Services = {
  get pool() {
    return pool();
  },
  voice: engineVoice(engineAddress),
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

// Loaded a moment later: the start of this process is part of every preview, and most previews are over by then.
if (engineAddress !== undefined) {
  setTimeout(() => {
    const { whenEngineIsGone } = require("./engine/watch-engine") as typeof WatchEngine;
    whenEngineIsGone(engineAddress, () => void endWithoutEngine());
  }, secondsBeforeWatch * 1000).unref();
}

// What runs on a node comes to its end, then connections and the server's lock are let go; the next run goes on from there.
async function endWithoutEngine(): Promise<never> {
  await services.pool.settle(secondsToSettle);
  services.pool.close();
  process.exit(1);
}

export const connector = toDynamicProvider(
  lazily(() => (require("./lifecycle/connector") as typeof Connector).connectorLifecycle(services)),
);
export const driver = toDynamicProvider(lazily(() => (require("./lifecycle/driver") as typeof Driver).driverLifecycle(services)));
export const config = toDynamicProvider(lazily(() => (require("./lifecycle/config") as typeof Config).configLifecycle(services)));
export const desktopConnector = toDynamicProvider(
  lazily(() => (require("./lifecycle/machine") as typeof Desktop).desktopLifecycle(services)),
);
export const desktopLauncher = toDynamicProvider(
  lazily(() => (require("./lifecycle/launcher") as typeof Launcher).launcherLifecycle(services)),
);
