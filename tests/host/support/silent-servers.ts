import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { ServerChannel } from "ssh2";
import { closeLater } from "./start-host";

/** A server that takes connections, says these bytes and nothing more; its port. */
export async function sayingOnly(bytes: string | Buffer, at: string | { readonly path: string } = "127.0.0.1"): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    socket.write(bytes);
  });
  if (typeof at === "string") server.listen(0, at);
  else server.listen(at.path);
  await once(server, "listening");
  closeLater(
    () => void server.close(),
    () => sockets.forEach((socket) => socket.destroy()),
  );
  return typeof at === "string" ? (server.address() as AddressInfo).port : 0;
}

/** A port whose server is stopped and has no room for another connection: what is sent there is lost. */
export async function fullPort(): Promise<number> {
  const program = "const s=require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},()=>console.log(s.address().port))";
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
  const [printed] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGSTOP");
  const port = Number(printed.toString());
  // Two fit; those that do not are tried again and again by the kernel.
  const sockets = Array.from({ length: 6 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  closeLater(
    () => void child.kill("SIGKILL"),
    () => sockets.forEach((socket) => socket.destroy()),
  );
  await once(sockets[1] ?? child, "connect");
  return port;
}

type Exec = (command: string, channel: ServerChannel) => void;

const nonceOf = (command: string): string => /pt_n=([0-9a-f]+)/.exec(command)?.[1] ?? "";

/** Takes a script and prints nothing. */
export const printsNothing: Exec = (_command, channel) => void channel.resume();

/** Prints the begin mark of its script and nothing more, whatever it is given; its session stays open. */
export const onlyBegins: Exec = (command, channel) => {
  channel.write(`\n<<pulumi-tableau ${nonceOf(command)} begin>>\n`);
  channel.resume();
};

/** Answers its first script and takes all others without a word. */
export const answersOnce: Exec = (command, channel) => {
  const mark = `\n<<pulumi-tableau ${nonceOf(command)} end 0>>\n`;
  channel.stderr.write(mark);
  channel.write(`\n<<pulumi-tableau ${nonceOf(command)} begin>>\n${mark}`);
  channel.resume();
};

/** Prints the whole answer, and keeps its outputs open. */
export const neverCloses: Exec = (command, channel) => {
  channel.write(`\n<<pulumi-tableau ${nonceOf(command)} begin>>\n\n<<pulumi-tableau ${nonceOf(command)} end 0>>\n`);
  channel.resume();
};
