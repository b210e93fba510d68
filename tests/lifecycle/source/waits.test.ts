import { runFetch } from "./support/run-fetch";
import { makeCertificate, startProxy, startSilentServer, startTlsServer, type Running } from "./support/servers";

/** The one that is tested is short; a busy machine must not run into the others. */
const long = { answer: 120, piece: 120, whole: 120 };
const certificate = makeCertificate();
const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function started(server: Promise<Running>): Promise<Running> {
  running.push(await server);
  return await server;
}

/** What the error says. The certificate is not what is tested here. */
async function failure({ port }: Running, waits: Partial<typeof long>, proxy?: Running): Promise<string> {
  const environment = {
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_NO_WARNINGS: "1",
    ...(proxy === undefined ? {} : { HTTPS_PROXY: `http://127.0.0.1:${String(proxy.port)}` }),
  };
  return (
    (await runFetch([`https://127.0.0.1:${String(port)}/a.taco`, "", "package", JSON.stringify({ ...long, ...waits })], environment))
      .error ?? "none"
  );
}

test("a server that takes the connection and says nothing", async () => {
  expect(await failure(await started(startSilentServer()), { answer: 0.5 })).toMatch(/there was no answer for 0\.5 seconds/);
});

test("a proxy that takes the connection and says nothing", async () => {
  const [server, proxy] = [await started(startSilentServer()), await started(startSilentServer())];
  expect(await failure(server, { answer: 0.5 }, proxy)).toMatch(/through the proxy .*there was no answer for 0\.5 seconds/);
});

test("a tunnel behind which nobody speaks", async () => {
  const [server, proxy] = [await started(startSilentServer()), await started(startProxy())];
  expect(await failure(server, { answer: 0.5 }, proxy)).toMatch(/there was no answer for 0\.5 seconds/);
});

test("a server that answers no request", async () => {
  expect(await failure(await started(startTlsServer(certificate, () => undefined)), { answer: 0.5 })).toMatch(
    /there was no answer for 0\.5 seconds/,
  );
});

test("a server that falls silent in the middle of the file", async () => {
  const server = await started(startTlsServer(certificate, (_path, response) => void response.write("a beginning")));
  expect(await failure(server, { piece: 0.5 })).toMatch(/nothing came for 0\.5 seconds/);
});

test("a server that sends a byte now and then, for ever", async () => {
  const timers: NodeJS.Timeout[] = [];
  const server = await started(
    startTlsServer(certificate, (_path, response) => void timers.push(setInterval(() => void response.write("x"), 100))),
  );
  expect(await failure(server, { whole: 2 })).toMatch(/the whole download took longer than 2 seconds/);
  timers.forEach(clearInterval);
});

test("a server that closes in the middle of the file", async () => {
  const server = await started(
    startTlsServer(certificate, (_path, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("a beginning", () => response.destroy());
    }),
  );
  expect(await failure(server, {})).toMatch(/cannot be fetched/);
});
