import { type ChildProcess, spawn } from "node:child_process";
import { timingSafeEqual } from "node:crypto";
import { type AddressInfo, connect, type Server as NetServer, type Socket } from "node:net";
import { type AuthContext, type Connection, Server, type ServerChannel, type SFTPWrapper, utils } from "ssh2";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";

export interface TestServerOptions {
  readonly password?: string;
  readonly keyboardInteractive?: "only";
  /** Public key lines that may log in. */
  readonly authorizedKeys?: readonly string[];
  readonly maxSessions?: number;
  /** What runs for an exec request; default: `sh -c COMMAND`. */
  readonly exec?: (command: string, channel: ServerChannel) => void;
  /** Connections to drop before the key exchange. */
  readonly dropFirst?: number;
  readonly forward?: "refuse";
  readonly hostKeys?: readonly string[];
  /** Default: a free one. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly address?: string;
  /** What the server calls itself. */
  readonly software?: string;
  /** What it never answers. */
  readonly silentAt?: "authentication" | "session" | "exec" | "sftp" | "forward";
  /** Serves SFTP; default: it is refused. */
  readonly sftp?: (sftp: SFTPWrapper) => void;
}

export interface TestServer {
  readonly port: number;
  /** Of the first host key. */
  readonly hostKey: string;
  readonly execs: string[];
  readonly connections: () => number;
  /** Sessions that are open now. */
  readonly sessions: () => number;
  /** The most sessions that were open at the same time. */
  readonly mostSessions: () => number;
  readonly refusedSessions: () => number;
  /** Cuts all connections without a word. */
  dropAll(): void;
  close(): Promise<void>;
}

const keys = soundKeyPair();

/** An SSH server in this process, on 127.0.0.1 and a free port. */
export async function startSshServer(options: TestServerOptions = {}): Promise<TestServer> {
  const execs: string[] = [];
  const clients = new Set<Connection>();
  const children = new Set<ChildProcess>();
  let connections = 0;
  let sessions = 0;
  let most = 0;
  let refused = 0;

  const server = new Server(
    { hostKeys: [...(options.hostKeys ?? [keys.private])], ...(options.software === undefined ? {} : { ident: options.software }) },
    (client) => {
      clients.add(client);
      client.on("authentication", (context) => {
        if (options.silentAt !== "authentication") authenticate(context, options);
      });
      client.on("error", () => undefined);
      client.on("close", () => clients.delete(client));
      client.on("ready", () => {
        client.on("session", (accept, reject) => {
          if (sessions >= (options.maxSessions ?? 100)) {
            refused += 1;
            reject();
            return;
          }
          sessions += 1;
          most = Math.max(most, sessions);
          if (options.silentAt === "session") return;
          const session = accept();
          session.on("close", () => (sessions -= 1));
          session.on("exec", (acceptExec, _reject, info) => {
            execs.push(info.command);
            if (options.silentAt === "exec") return;
            const channel = acceptExec();
            channel.on("error", () => undefined);
            (options.exec ?? ((command, to) => children.add(runShell(command, to))))(info.command, channel);
          });
          session.on("sftp", (acceptSftp, rejectSftp) => {
            if (options.sftp !== undefined) options.sftp(acceptSftp());
            else if (options.silentAt !== "sftp") rejectSftp();
          });
        });
        client.on("tcpip", (accept, reject, info) => {
          if (options.silentAt === "forward") return;
          if (options.forward === "refuse") return reject();
          const socket = connect(info.destPort, info.destIP);
          socket.on("error", () => reject());
          socket.once("connect", () => {
            const channel = accept();
            channel.pipe(socket).pipe(channel);
            channel.on("error", () => socket.destroy()).on("close", () => socket.destroy());
          });
        });
      });
    },
  );
  // The server of ssh2 hands a socket on in its own listener; dropping it here comes before the key exchange.
  const tcp = (server as unknown as { _srv: NetServer })._srv;
  const [serve] = tcp.listeners("connection") as ((socket: Socket) => void)[];
  tcp.removeAllListeners("connection");
  tcp.on("connection", (socket) => {
    connections += 1;
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    if (connections <= (options.dropFirst ?? 0)) socket.destroy();
    else serve?.call(tcp, socket);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, options.address ?? "127.0.0.1", resolve));
  const dropAll = (): void => {
    for (const client of clients) (client as unknown as { _sock: Socket })._sock.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: publicLine(options.hostKeys?.[0] ?? keys.private),
    execs,
    connections: () => connections,
    sessions: () => sessions,
    mostSessions: () => most,
    refusedSessions: () => refused,
    dropAll,
    close: async () => {
      for (const child of children) {
        child.kill("SIGKILL");
        for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      }
      dropAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The public line of a private key. */
export function publicLine(privateKey: string): string {
  const key = utils.parseKey(privateKey);
  if (key instanceof Error) throw key;
  return `${key.type} ${key.getPublicSSH().toString("base64")}`;
}

function authenticate(context: AuthContext, options: TestServerOptions): void {
  const { password, authorizedKeys = [] } = options;
  const left = [
    ...(password === undefined ? [] : options.keyboardInteractive === "only" ? ["keyboard-interactive"] : ["password"]),
    ...(authorizedKeys.length === 0 ? [] : ["publickey"]),
  ] as never[];
  if (context.method === "password" && left.includes("password" as never) && context.password === password) return context.accept();
  if (context.method === "keyboard-interactive" && left.includes("keyboard-interactive" as never)) {
    context.prompt([{ prompt: "Password: ", echo: false }], (answers) =>
      answers[0] === password ? context.accept() : context.reject(left),
    );
    return;
  }
  if (context.method === "publickey" && authorizedKeys.some((line) => sameBlob(line, context.key.data)) && signatureHolds(context)) {
    return context.accept();
  }
  return context.reject(left);
}

function sameBlob(line: string, blob: Buffer): boolean {
  const known = Buffer.from(line.split(" ")[1] ?? "", "base64");
  return known.length === blob.length && timingSafeEqual(known, blob);
}

function signatureHolds(context: Extract<AuthContext, { method: "publickey" }>): boolean {
  if (context.signature === undefined || context.blob === undefined) return true;
  const key = utils.parseKey(`${context.key.algo} ${context.key.data.toString("base64")}`);
  return !(key instanceof Error) && key.verify(context.blob, context.signature, context.hashAlgo);
}

function runShell(command: string, channel: ServerChannel): ChildProcess {
  const child = spawn("sh", ["-c", command], { stdio: ["pipe", "pipe", "pipe"] });
  channel.pipe(child.stdin).on("error", () => undefined);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on("close", (status, signal) => {
    if (signal === null) channel.exit(status ?? 0);
    else channel.exit(signal.slice(3));
    channel.end();
  });
  channel.on("close", () => [child.stdin, child.stdout, child.stderr].forEach((stream) => stream.destroy()));
  return child;
}
