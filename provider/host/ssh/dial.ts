import { setTimeout as sleep } from "node:timers/promises";
import { TableauError } from "../../vocabulary/error";
import { closedError } from "../connection-lost";
import { DialError } from "./dial-error";
import type { Dialed } from "./dialed";
import type { Connection, Endpoint } from "../host";
import { hostAddress } from "../../vocabulary/host-address";
import { connectOnce } from "./connect";
import type { SshContext } from "./context";

/**
 * Connects to a node, through its jump host if it has one, and logs in. Each of the two is tried up to its
 * `dialErrorLimit` times; a refused login and a wrong host key are not tried again.
 */
export async function dial(node: string, connection: Connection, context: SshContext, signal: AbortSignal): Promise<Dialed> {
  const target = cleanAddress(node, connection);
  if (connection.proxy === undefined) return retrying(node, target, signal, () => connectOnce(node, target, context, signal));
  const proxy = cleanAddress(node, connection.proxy);
  const jump = new JumpHost(() => retrying(node, proxy, signal, () => connectOnce(node, proxy, context, signal)));
  try {
    const dialed = await retrying(node, target, signal, async () => connectOnce(node, target, context, signal, await jump.connected()));
    return { ...dialed, close: () => [dialed, jump].forEach((each) => each.close()) };
  } catch (error) {
    jump.close();
    throw error;
  }
}

/** A connection to a jump host, made anew if it was lost between two attempts to get through it. */
class JumpHost {
  readonly #dial: () => Promise<Dialed>;
  #dialed: Dialed | undefined;

  constructor(dialJump: () => Promise<Dialed>) {
    this.#dial = dialJump;
  }

  async connected(): Promise<Dialed> {
    if (this.#dialed !== undefined) return this.#dialed;
    const dialed = await this.#dial();
    this.#dialed = dialed;
    dialed.client.once("close", () => {
      if (this.#dialed === dialed) this.#dialed = undefined;
    });
    return dialed;
  }

  close(): void {
    this.#dialed?.close();
  }
}

/** @throws TableauError (argument-invalid) if the host is none. */
function cleanAddress<E extends Endpoint>(node: string, endpoint: E): E {
  const address = hostAddress(endpoint.host);
  if ("host" in address) return { ...endpoint, host: address.host };
  throw new TableauError("argument-invalid", {
    node,
    message: `The connection's host cannot be used: ${address.fault}.`,
    next: "Correct host, port and user in the connection.",
  });
}

async function retrying(node: string, endpoint: Endpoint, signal: AbortSignal, connect: () => Promise<Dialed>): Promise<Dialed> {
  for (let failed = 1; ; failed += 1) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      if (endpoint.dialErrorLimit >= 0 && failed >= endpoint.dialErrorLimit) throw unreachable(node, endpoint, failed, error);
      await pause(node, failed, signal);
    }
  }
}

// Spread at random: of many connections at once, sshd drops those over MaxStartups, and they must not all come back together.
async function pause(node: string, failed: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(5000, 250 * 1.6 ** (failed - 1));
  await sleep(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {
    throw closedError(node);
  });
}

function unreachable(node: string, endpoint: Endpoint, attempts: number, cause: DialError): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `${endpoint.host}:${endpoint.port} cannot be reached: ${cause.message} (${attempts} ${attempts === 1 ? "attempt" : "attempts"}).`,
    next: cause.next,
    cause,
  });
}
