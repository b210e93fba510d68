import { createServer, type Server, type Socket } from "node:net";
import { simulatorError } from "../fail";
import type { Call } from "./call";

export interface TsmListenerOptions {
  /** What a client has to show. */
  readonly token: string;
  readonly handle: (call: Call) => Promise<number>;
  /** Name of a user of a node. */
  readonly userName: (node: string, uid: number) => string;
}

/** Takes the calls of the tsm script (simulator/scripts/tsm.sh) over loopback. Fields and frames end with NUL. */
export class TsmListener {
  readonly #options: TsmListenerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(options: TsmListenerOptions) {
    this.#options = options;
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  /** Listens, and tells the port. */
  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve()));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw simulatorError("The controller has no port.", "Try again.");
    return address.port;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const fields = new Fields(socket);
    void this.#serve(socket, fields).catch(() => socket.destroy());
  }

  async #serve(socket: Socket, fields: Fields): Promise<void> {
    if ((await fields.next()) !== this.#options.token) return void socket.destroy();
    const [node, build, uid, pid, folder, count] = await fields.take(6);
    if (node === undefined || build === undefined || folder === undefined) return void socket.destroy();
    const argv = await fields.take(Number(count));
    const send = (frame: string): void => {
      if (socket.writable) socket.write(`${frame}\0`);
    };
    const status = await this.#options.handle({
      node,
      build,
      folder,
      argv,
      pid: Number(pid),
      user: this.#options.userName(node, Number(uid)),
      out: (text) => send(`o${text}`),
      err: (text) => send(`e${text}`),
      ask: async () => {
        send("r");
        const answer = await fields.next();
        return answer?.startsWith("l") === true ? answer.slice(1) : undefined;
      },
    });
    if (socket.writable) socket.end(`x${status}\0`);
  }
}

// The NUL-terminated fields that a client sends.
class Fields {
  readonly #ready: string[] = [];
  #rest: string[] = [];
  #ended: "no" | "yes" = "no";
  #wake: () => void = () => undefined;

  constructor(socket: Socket) {
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      const [first = "", ...others] = text.split("\0");
      this.#rest.push(first);
      for (const next of others) {
        this.#ready.push(this.#rest.join(""));
        this.#rest = [next];
      }
      this.#wake();
    });
    socket.on("close", () => {
      this.#ended = "yes";
      this.#wake();
    });
  }

  async next(): Promise<string | undefined> {
    while (this.#ready.length === 0 && this.#ended === "no") await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#ready.shift();
  }

  async take(count: number): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < count) {
      const field = await this.next();
      if (field === undefined) break;
      taken.push(field);
    }
    return taken;
  }
}
