import type { HostPool } from "../host/pool";
import type { Voice } from "./lifecycle";
import type { TrustCache } from "./trust/trust-cache";

/** What the lifecycles need of the world. */
export interface Services {
  readonly pool: HostPool;
  readonly voice: Voice;
  /** Folder for packages fetched over https, by digest. Default: the user's cache. */
  readonly cacheDirectory: string;
  readonly trust: TrustCache;
}
