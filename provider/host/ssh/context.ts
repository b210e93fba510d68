import type { HostCounts } from "../counts";
import type { Waits } from "../limits";
import type { ReadKnownHosts } from "../keys/read-known-hosts";

/** What connections take from their environment. */
export interface SshContext {
  readonly readKnownHosts: ReadKnownHosts;
  /** SSH_AUTH_SOCK of this process, for endpoints that name no agent. */
  readonly agentOfEnvironment: string | undefined;
  readonly counts: HostCounts;
  readonly sessionsPerConnection: number;
  readonly waits: Waits;
}
