import { channel } from "node:diagnostics_channel";
import type * as Pool from "../host/pool";
import { cacheDirectory } from "../lifecycle/cache-directory";
import { lazily } from "../lifecycle/lazily";
import type { Voice } from "../lifecycle/lifecycle";
import type { Services } from "../lifecycle/services";
import { TrustCache } from "../lifecycle/trust/trust-cache";
import type * as WatchEngine from "./watch-engine";

// The start of this process is part of every preview: what reaches nodes is loaded when it is needed.
/* eslint-disable @typescript-eslint/no-require-imports -- an import would load it at the start */
/** An engine that was killed is noticed within some four seconds; the process then ends within 30 in all. */
const secondsBeforeWatch = 1;
const secondsToSettle = 20;

/** The engine's own address, which is the last argument that it gives its processes; undefined where somebody else has started this one. */
export function engineAddressGiven(): string | undefined {
  return /^[\w.[\]:-]+:\d+$/.exec(process.argv.at(-1) ?? "")?.[0];
}

/** What a process of the engine's offers to the lifecycles: one pool of connections, one voice. It ends as the engine tells it, or with the engine. */
export function providerProcess(engineAddress: string | undefined, voice: () => Voice): Services {
  const pool = lazily(() => new (require("../host/pool") as typeof Pool).HostPool());
  const cache = cacheDirectory();
  const services: Services = {
    get pool() {
      return pool();
    },
    get voice() {
      return voice();
    },
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
  if (engineAddress !== undefined) endWith(engineAddress, services);
  return services;
}

/** Ends this process some time after its engine has gone. */
function endWith(engineAddress: string, services: Services): void {
  // Loaded a moment later: the start of this process is part of every preview, and most previews are over by then.
  setTimeout(() => {
    const { whenEngineIsGone } = require("./watch-engine") as typeof WatchEngine;
    whenEngineIsGone(engineAddress, () => void endWithoutEngine(services));
  }, secondsBeforeWatch * 1000).unref();
}

// What runs on a node comes to its end, then connections and the server's lock are let go; the next run goes on from there.
async function endWithoutEngine(services: Services): Promise<never> {
  await services.pool.settle(secondsToSettle);
  services.pool.close();
  process.exit(1);
}
