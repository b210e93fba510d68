import { createServer, connect, type Server, type Socket } from "node:net";
import { simulatorError } from "../fail";

/** What a gate lets through. */
export type GateMode = "open" | "refuse" | "hang";

/** The address of a node: passes connections on to its ssh server, and can be as bad as a network. */
export class Gate {
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  #mode: GateMode = "open";
  #target = 0;
  port = 0;
  #delayMilliseconds = 0;
  #cutAfterBytes: number | undefined;
  connections = 0;

  /** Listens on `wanted` where it is free, else on any port. */
  async open(wanted: number): Promise<void> {
    this.#server = await listen(wanted, (socket) => this.#accept(socket)).catch(() => listen(0, (socket) => this.#accept(socket)));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw simulatorError("A node has no port.", "Try again.");
    this.port = address.port;
  }

  passTo(port: number): void {
    this.#target = port;
  }

  /** Each chunk of the node's answers is that late. */
  delay(milliseconds: number): void {
    this.#delayMilliseconds = milliseconds;
  }

  /** The first connection on which so many bytes come from the client, from now on, is lost; undefined: none. */
  cutAfter(bytes: number | undefined): void {
    this.#cutAfterBytes = bytes;
  }

  /** Every connection is lost now; new ones are let through. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async setMode(mode: GateMode): Promise<void> {
    const before = this.#mode;
    this.#mode = mode;
    if (mode === "refuse" && before !== "refuse") await this.close();
    if (mode !== "refuse" && before === "refuse") await this.open(this.port);
    for (const socket of this.#sockets) {
      if (mode === "hang") socket.pause();
      else if (mode !== before) socket.destroy();
    }
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    this.#keep(client);
    if (this.#mode === "hang") return void client.pause();
    this.connections++;
    const node = connect({ host: "127.0.0.1", port: this.#target, noDelay: true });
    this.#keep(node);
    let received = 0;
    client.on("data", (chunk) => {
      // Only what comes since the fault was set counts: a connection from before may still be saying goodbye.
      received = this.#cutAfterBytes === undefined ? 0 : received + chunk.length;
      if (this.#cutAfterBytes !== undefined && received > this.#cutAfterBytes) {
        this.#cutAfterBytes = undefined;
        client.destroy();
        return void node.end();
      }
      if (!node.write(chunk)) pauseUntilDrained(client, node);
    });
    node.on("data", (chunk) => {
      if (this.#delayMilliseconds > 0) this.#writeLater(client, chunk);
      else if (!client.write(chunk)) pauseUntilDrained(node, client);
    });
    client.on("close", () => node.end());
    node.on("close", () => setTimeout(() => client.end(), this.#delayMilliseconds));
  }

  #writeLater(client: Socket, chunk: Buffer): void {
    setTimeout(() => {
      if (client.writable) client.write(chunk);
    }, this.#delayMilliseconds);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }
}

function pauseUntilDrained(source: Socket, target: Socket): void {
  source.pause();
  target.once("drain", () => source.resume());
}

function listen(port: number, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true }, accept);
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
