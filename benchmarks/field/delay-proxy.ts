import { connect, createServer, type Server, type Socket } from "node:net";

/** What went over a proxy since it was opened. */
export interface Traffic {
  connections: number;
  /** To the node. */
  bytesUp: number;
  /** From the node. */
  bytesDown: number;
}

/**
 * The address of a node as every contestant sees it: passes bytes on, each half a round trip late. Counts them too, so
 * that connections and bytes are counted the same way for all.
 */
export class DelayProxy {
  readonly traffic: Traffic = { connections: 0, bytesUp: 0, bytesDown: 0 };
  roundTripMilliseconds = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(readonly target: number) {
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  static async open(target: number): Promise<DelayProxy> {
    const proxy = new DelayProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The proxy does not listen.");
    return address.port;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(client: Socket): void {
    this.traffic.connections += 1;
    const node = connect({ host: "127.0.0.1", port: this.target, noDelay: true });
    this.#pass(client, node, "bytesUp");
    this.#pass(node, client, "bytesDown");
  }

  #pass(from: Socket, to: Socket, direction: "bytesUp" | "bytesDown"): void {
    this.#sockets.add(from);
    from.on("error", () => from.destroy());
    from.on("data", (chunk: Buffer) => {
      this.traffic[direction] += chunk.length;
      this.#later(() => {
        if (to.writable && !to.write(chunk)) pauseUntilDrained(from, to);
      });
    });
    from.on("end", () => this.#later(() => to.end()));
    from.on("close", () => {
      this.#sockets.delete(from);
      this.#later(() => to.end());
    });
  }

  // Timers of equal length fire in the order in which they were set, so bytes keep their order.
  #later(action: () => void): void {
    if (this.roundTripMilliseconds === 0) action();
    else setTimeout(action, this.roundTripMilliseconds / 2);
  }
}

function pauseUntilDrained(source: Socket, target: Socket): void {
  source.pause();
  target.once("drain", () => source.resume());
}
