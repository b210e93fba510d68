import { once } from "node:events";
import { createServer, connect, type AddressInfo } from "node:net";
import { Duplex } from "node:stream";
import { Client, Server, utils } from "ssh2";
import { gatherWrites } from "../../../provider/host/ssh/transport";

test("what is written in one turn is sent at once, in its order, and no later than the turn's end", async () => {
  const { stream, sent } = recording();
  gatherWrites(stream);
  for (const piece of ["length", "data", "tag"]) stream.write(piece);
  expect(sent).toEqual([]);
  await Promise.resolve();
  await new Promise((resolve) => process.nextTick(resolve));
  expect(sent).toEqual([["length", "data", "tag"]]);
  stream.write("next");
  stream.write("turn");
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual([
    ["length", "data", "tag"],
    ["next", "turn"],
  ]);
});

test("what is written right before the end is sent before it", async () => {
  const { stream, sent } = recording();
  gatherWrites(stream);
  stream.write("good");
  stream.write("bye");
  stream.end();
  await once(stream, "finish");
  expect(sent.flat()).toEqual(["good", "bye"]);
});

test("who writes hears when to wait, and when that is over", async () => {
  const { stream } = recording();
  gatherWrites(stream);
  expect(stream.write("x".repeat(stream.writableHighWaterMark))).toBe(false);
  await once(stream, "drain");
  expect(stream.write("y")).toBe(true);
});

test("a socket that is still connecting sends everything in its order once it is connected", async () => {
  const received: Buffer[] = [];
  const server = createServer((socket) => socket.on("data", (piece) => received.push(piece)).on("end", () => socket.end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const socket = connect({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, noDelay: true });
    gatherWrites(socket);
    for (const piece of ["a", "b"]) socket.write(piece);
    await once(socket, "connect");
    for (const piece of ["c", "d"]) socket.write(piece);
    socket.end("e");
    socket.resume();
    await once(socket, "close");
    expect(Buffer.concat(received).toString()).toBe("abcde");
  } finally {
    server.close();
  }
});

test("the ssh2 that is installed still writes a packet in pieces: when this fails, gatherWrites can go", async () => {
  const { private: hostKey } = utils.generateKeyPairSync("ed25519");
  const server = new Server({ hostKeys: [hostKey] }, (connection) => {
    connection.on("authentication", (attempt) => attempt.accept()).on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, noDelay: true });
  const client = new Client();
  try {
    client.connect({ sock: socket, username: "a", password: "b", algorithms: { cipher: ["aes128-gcm@openssh.com"] } });
    await once(client, "ready");
    const write = jest.spyOn(socket, "write");
    client.exec("true", () => undefined);
    expect(write.mock.calls.length).toBeGreaterThan(1);
  } finally {
    client.end();
    server.close();
  }
});

function recording(): { readonly stream: Duplex; readonly sent: string[][] } {
  const sent: string[][] = [];
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk, _encoding, done) => {
      sent.push([String(chunk)]);
      setImmediate(done);
    },
    writev: (chunks, done) => {
      sent.push(chunks.map(({ chunk }) => String(chunk)));
      setImmediate(done);
    },
  });
  return { stream, sent };
}
