import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import type { Voice } from "../../../provider/lifecycle/lifecycle";
import { StackImitation, type ResourceState, type World } from "../../scenarios/support";
import { PointPool, type PointPoolOptions } from "./point-pool";

/** One run of the provider for a stack, with connections of its own, as another `pulumi up` has. */
export interface ProviderRun {
  readonly stack: StackImitation;
  readonly pool: PointPool;
}

export function providerRun(
  world: World,
  name: string,
  resources: ReadonlyMap<string, ResourceState>,
  options: Partial<PointPoolOptions> = {},
): ProviderRun {
  const pool = new PointPool({ cut: (node) => world.cluster.cutConnections(node), ...options });
  const note = (_urn: string, sentence: string): void => void world.said.push(sentence);
  const voice: Voice = { say: note, warn: note, progress: note };
  const stack = new StackImitation(name, { pool, voice, cacheDirectory: world.folder, trust: new TrustCache(world.folder) });
  for (const [urn, state] of resources) stack.resources.set(urn, state);
  return { stack, pool };
}
