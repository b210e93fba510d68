import { addressKey } from "./address-key";
import { type HostCounts, noCounts } from "./counts";
import type { Host, NodeAddress } from "./host";
import { keepAliveSeconds, sessionsPerConnection } from "./limits";
import { localHost } from "./local";
import { type ReadKnownHosts, readDefaultKnownHosts } from "./read-known-hosts";
import { sshHost } from "./ssh";
import type { SshConnection } from "./ssh-connection";
import type { SshContext } from "./ssh-context";

export interface HostPoolOptions {
  /** Default: the user's and the system's known_hosts. */
  readonly readKnownHosts?: ReadKnownHosts;
  /** Default: the SSH_AUTH_SOCK of this process. */
  readonly agentOfEnvironment?: string;
  /** Default: 8. */
  readonly sessionsPerConnection?: number;
  /** Default: 15. */
  readonly keepAliveSeconds?: number;
}

/**
 * All nodes that this process talks to: one host, and so one connection, for each address. Nothing is connected before
 * the first script; idle connections do not keep the process alive.
 */
export class HostPool {
  readonly counts: HostCounts = noCounts();
  readonly #context: SshContext;
  readonly #hosts = new Map<string, Host>();
  readonly #connections: SshConnection[] = [];

  constructor(options: HostPoolOptions = {}) {
    this.#context = {
      readKnownHosts: options.readKnownHosts ?? (() => readDefaultKnownHosts()),
      agentOfEnvironment: options.agentOfEnvironment ?? process.env["SSH_AUTH_SOCK"],
      sessionsPerConnection: options.sessionsPerConnection ?? sessionsPerConnection,
      keepAliveSeconds: options.keepAliveSeconds ?? keepAliveSeconds,
      counts: this.counts,
    };
  }

  host(address: NodeAddress): Host {
    const key = addressKey(address);
    const host = this.#hosts.get(key) ?? this.#create(address);
    this.#hosts.set(key, host);
    return host;
  }

  /** Closes every connection; scripts that run over them fail with host-connection-lost. The pool is of no use afterwards. */
  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  #create(address: NodeAddress): Host {
    const { connection } = address;
    if (connection === undefined) return localHost(address, this.counts);
    const created = sshHost({ ...address, connection }, this.#context);
    this.#connections.push(created.connection);
    return created.host;
  }
}
