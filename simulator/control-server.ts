import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { simulatorError } from "./fail";

export type ControlMethods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** Lets other processes of the same user call the cluster: JSON over HTTP on loopback, with a token. */
export class ControlServer {
  readonly #server: Server;

  constructor(token: string, methods: ControlMethods) {
    this.#server = createServer((request, response) => void answer(request, response, token, methods));
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve()));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw simulatorError("The cluster's control has no port.", "Try again.");
    return address.port;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    await closed;
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, token: string, methods: ControlMethods): Promise<void> {
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(body));
  };
  if (request.headers.authorization !== `Bearer ${token}`) return send(403, { error: "wrong token" });
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, args } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { method: string; args: never[] };
    const chosen = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (chosen === undefined) return send(404, { error: `no method ${method}` });
    send(200, { result: (await chosen(...args)) ?? null });
  } catch (error) {
    send(500, { error: error instanceof Error ? error.message : String(error) });
  }
}
