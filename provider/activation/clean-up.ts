import { wallClock } from "../vocabulary/wall-clock";
import { superfluousPackages } from "../plan/record/retain-versions";
import type { SeenServer } from "../plan/seen";
import { perform } from "../actions/action";
import { clean } from "../actions/clean";
import type { ActivationContext } from "./activation-context";

/** Removes from every node what no run needs any more. What cannot be removed now is removed the next time. */
export async function cleanUp({ target, desired }: ActivationContext, again: SeenServer): Promise<void> {
  const listed = new Set([...desired.connectors, ...desired.drivers, ...desired.trust].map(({ sha256 }) => sha256));
  const now = wallClock().getTime() / 1000;
  await Promise.allSettled(
    target.hosts.map(async (host) => {
      const node = again.nodes.find(({ name }) => name === host.node);
      const leftovers = node?.leftovers ?? [];
      const superfluous = superfluousPackages(node?.stored ?? [], listed, now);
      const directories = [...new Set([...leftovers.map(({ directory }) => directory), ...(node?.trust?.leftovers ?? [])])];
      if (superfluous.length === 0 && directories.length === 0) return;
      const { stateDirectory, timeouts } = target;
      await perform(host, clean, { stateDirectory, directories, digests: superfluous }, { timeoutSeconds: timeouts.command });
    }),
  );
}
