import { generateKeyPairSync } from "node:crypto";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo, type Server, type Socket } from "node:net";
import forge from "node-forge";

/** A server on loopback that ends with everything that it has open. */
export interface Running {
  readonly port: number;
  /** What was asked: paths, or the targets of CONNECT. */
  readonly asked: string[];
  /** `authorization`, or `proxy-authorization`, of each. */
  readonly credentials: (string | undefined)[];
  stop(): Promise<void>;
}

/** A certificate for 127.0.0.1 and the names of the tests, and its key; it signs itself. */
export function makeCertificate(): { readonly cert: string; readonly key: string } {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const own = forge.pki.privateKeyFromPem(key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(own.n, own.e);
  certificate.serialNumber = "01";
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  const name = [{ name: "commonName", value: "tests" }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true },
    {
      name: "subjectAltName",
      altNames: [
        { type: 7, ip: "127.0.0.1" },
        { type: 2, value: "localhost" },
        { type: 2, value: "*.files.test" },
      ],
    },
  ]);
  certificate.sign(own, forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(certificate), key };
}

export async function startTlsServer(
  certificate: { readonly cert: string; readonly key: string },
  answer: (path: string, response: ServerResponse, request: IncomingMessage) => void,
): Promise<Running> {
  const [asked, credentials]: [string[], (string | undefined)[]] = [[], []];
  const server = createTlsServer(certificate, (request, response) => {
    asked.push(request.url ?? "");
    credentials.push(request.headers.authorization);
    answer(request.url ?? "", response, request);
  });
  return { asked, credentials, ...(await listen(server)) };
}

/** A proxy that makes tunnels to 127.0.0.1, whatever host is asked for, or answers with another status. */
export async function startProxy(status = 200): Promise<Running> {
  const [asked, credentials]: [string[], (string | undefined)[]] = [[], []];
  const server = createHttpServer();
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    asked.push(request.url ?? "");
    credentials.push(request.headers["proxy-authorization"]);
    client.on("error", () => undefined);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${String(status)} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    target.on("error", () => client.destroy());
  });
  return { asked, credentials, ...(await listen(server)) };
}

async function listen(server: Server): Promise<Pick<Running, "port" | "stop">> {
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}

/** A server that takes connections and says nothing. */
export async function startSilentServer(): Promise<Running> {
  const { createServer } = await import("node:net");
  return { asked: [], credentials: [], ...(await listen(createServer((socket) => void socket.on("error", () => undefined).resume()))) };
}
