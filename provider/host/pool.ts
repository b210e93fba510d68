import { setTimeout as sleep } from "node:timers/promises";
import { closedError } from "./connection-lost";
import { type HostCounts, noCounts } from "./counts";
import type { Host, NodeAddress } from "./host";
import { sessionsPerConnection, type Waits, waits } from "./limits";
import { localHost } from "./local/local-host";
import { type ReadKnownHosts, readDefaultKnownHosts } from "./keys/read-known-hosts";
import { sshHost } from "./ssh/ssh-host";
import type { SshConnection } from "./ssh/connection";
import type { SshContext } from "./ssh/context";
import { createHash } from "node:crypto";
import { Secret } from "../vocabulary/secret";

export interface HostPoolOptions {
  /** Default: the user's and the system's known_hosts. */
  readonly readKnownHosts?: ReadKnownHosts;
  /** Default: the SSH_AUTH_SOCK of this process. */
  readonly agentOfEnvironment?: string;
  /** Default: 8. */
  readonly sessionsPerConnection?: number;
  /** Default: see limits.ts. */
  readonly waits?: Partial<Waits>;
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
  readonly #running = new Set<Promise<unknown>>();
  #ending = false;

  constructor(options: HostPoolOptions = {}) {
    this.#context = {
      readKnownHosts: options.readKnownHosts ?? (() => readDefaultKnownHosts()),
      agentOfEnvironment: options.agentOfEnvironment ?? process.env["SSH_AUTH_SOCK"],
      sessionsPerConnection: options.sessionsPerConnection ?? sessionsPerConnection,
      waits: { ...waits, ...options.waits },
      counts: this.counts,
    };
  }

  host(address: NodeAddress): Host {
    const key = addressKey(address);
    const host = this.#hosts.get(key) ?? this.#counted(this.#create(address));
    this.#hosts.set(key, host);
    return host;
  }

  /**
   * Lets the scripts that run come to their end, and starts no others: every script is a step after which the next run can
   * go on. Resolves when all have ended, or after so many seconds.
   */
  async settle(seconds: number): Promise<void> {
    this.#ending = true;
    const ended = new AbortController();
    const late = sleep(seconds * 1000, undefined, { signal: ended.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#running), late]);
    ended.abort();
  }

  /** Closes every connection; scripts that run over them fail with host-connection-lost. The pool is of no use afterwards. */
  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  #counted(host: Host): Host {
    const { node } = host;
    const start = <T>(work: () => Promise<T>): Promise<T> => (this.#ending ? Promise.reject(closedError(node)) : work());
    return {
      node,
      run: (script, onRecord) =>
        start(() => {
          const answer = host.run(script, onRecord);
          this.#running.add(answer);
          const over = (): void => void this.#running.delete(answer);
          answer.then(over, over);
          return answer;
        }),
      open: (script) => start(() => host.open(script)),
      ...(host.ready === undefined ? {} : { ready: () => host.ready?.() ?? Promise.resolve() }),
      ...(host.prepare === undefined ? {} : { prepare: (as, seconds) => host.prepare?.(as, seconds) }),
    };
  }

  #create(address: NodeAddress): Host {
    const { connection } = address;
    if (connection === undefined) return localHost(address, this.counts, this.#context.waits);
    const created = sshHost({ ...address, connection }, this.#context);
    this.#connections.push(created.connection);
    return created.host;
  }
}

/** A key that is equal for equal addresses, credentials included. It is a digest, so it may be printed. */
function addressKey(address: NodeAddress): string {
  return createHash("sha256")
    .update(JSON.stringify(plain(address)))
    .digest("hex");
}

function plain(value: unknown): unknown {
  if (value instanceof Secret) return ["secret", value.reveal()];
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, each]) => [name, plain(each)]);
}
