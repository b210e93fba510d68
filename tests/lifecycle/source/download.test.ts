import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFetch, type Outcome } from "./support/run-fetch";
import { makeCertificate, startProxy, startTlsServer, type Running } from "./support/servers";

const bytes = Buffer.from("PK: a package of the tests".repeat(1000));
const sha256 = createHash("sha256").update(bytes).digest("hex");
const certificate = makeCertificate();
const folder = mkdtempSync(join(tmpdir(), "download-"));
const authority = join(folder, "authority.pem");
writeFileSync(authority, certificate.cert);

let server: Running;
let other: Running;
let proxy: Running;
let refusing: Running;

beforeAll(async () => {
  [proxy, refusing, server, other] = await Promise.all([
    startProxy(),
    startProxy(407),
    startTlsServer(certificate, serve),
    startTlsServer(certificate, (_path, response) => response.end(bytes)),
  ]);
});
beforeEach(() => {
  for (const { asked, credentials } of [server, other, proxy, refusing]) asked.length = credentials.length = 0;
});
afterAll(async () => {
  await Promise.all([server, other, proxy, refusing].map((one) => one.stop()));
  rmSync(folder, { recursive: true });
});

function serve(path: string, response: ServerResponse): void {
  const redirects: Readonly<Record<string, string>> = {
    "/moved.taco": "/a.taco",
    "/elsewhere.taco": `https://localhost:${String(other.port)}/b.taco`,
    "/plain.taco": "http://localhost:1/a.taco?token=hidden",
    "/circle.taco": "/circle.taco",
  };
  const location = redirects[path];
  if (location !== undefined) response.writeHead(302, { location }).end();
  else if (path.startsWith("/a.taco")) response.end(bytes);
  else if (path === "/zipped.taco") response.writeHead(200, { "content-encoding": "gzip" }).end(bytes);
  else if (path === "/huge.taco") response.writeHead(200, { "content-length": String(300 * 1024 * 1024) }).flushHeaders();
  else if (path === "/endless.taco") pour(response);
  else response.writeHead(404).end("not here");
}

/** More than any limit, without saying how much. */
function pour(response: ServerResponse): void {
  const piece = Buffer.alloc(4 * 1024 * 1024);
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
}

interface Fetched {
  readonly path?: string;
  readonly host?: string;
  readonly kind?: "package" | "driver";
}

function fetchWith(
  environment: Readonly<Record<string, string>>,
  { path = "/a.taco", host = "127.0.0.1", kind = "package" }: Fetched = {},
): Promise<Outcome> {
  return runFetch([`https://${host}:${String(server.port)}${path}`, sha256, kind], environment);
}

const trusting = { NODE_EXTRA_CA_CERTS: authority };
const at = ({ port }: Running, user = ""): string => `http://${user}127.0.0.1:${String(port)}`;
const good = { sha256, size: bytes.length };

test("an authority of one's own is trusted with NODE_EXTRA_CA_CERTS, and named as the next thing to do without", async () => {
  expect(await fetchWith(trusting)).toEqual(good);
  expect((await fetchWith({})).error).toMatch(/cannot be fetched \(.*self.signed.*\)\. Name the file .* in NODE_EXTRA_CA_CERTS/);
});

describe("through the proxy of the environment", () => {
  test.each(["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY", "http_proxy"])("%s", async (name) => {
    expect(await fetchWith({ ...trusting, [name]: at(proxy) })).toEqual(good);
    expect(proxy.asked).toEqual([`127.0.0.1:${String(server.port)}`]);
  });

  test("the host's name is left to the proxy; a proxy may be given without its scheme", async () => {
    expect(await fetchWith({ ...trusting, HTTPS_PROXY: at(proxy).replace("http://", "") }, { host: "www.files.test" })).toEqual(good);
    expect(proxy.asked).toEqual([`www.files.test:${String(server.port)}`]);
  });

  test("NO_PROXY", async () => {
    expect(await fetchWith({ ...trusting, HTTPS_PROXY: at(refusing), NO_PROXY: "other.test, 127.0.0.1" })).toEqual(good);
    expect(refusing.asked).toEqual([]);
  });

  test("user and password of the proxy are for the proxy, those of the address for the server, and neither is shown", async () => {
    const source = { path: "/a.taco?token=hidden", host: "reader:s%40cret@127.0.0.1" };
    expect(await fetchWith({ ...trusting, HTTPS_PROXY: at(proxy, "me:pass%20word@") }, source)).toEqual(good);
    expect([proxy.credentials, server.credentials].flat().map((each) => Buffer.from(each?.slice(6) ?? "", "base64").toString())).toEqual([
      "me:pass word",
      "reader:s@cret",
    ]);
    const { error } = await fetchWith({ ...trusting, HTTPS_PROXY: at(refusing, "me:pass%20word@") }, source);
    expect(error).toMatch(/https:\/\/127\.0\.0\.1:\d+\/a\.taco cannot be fetched through the proxy 127\.0\.0\.1:\d+ \(.*407.*\)/);
    expect(error).not.toMatch(/hidden|cret|pass/);
  });

  test.each([
    ["that is not there", "http://127.0.0.1:1", /through the proxy 127\.0\.0\.1:1 \(.*ECONNREFUSED.*\)/],
    ["of another kind", "socks5://127.0.0.1:1080", /proxies of the kind socks5:\/\/ are not supported/],
    ["that cannot be parsed", "http://[", /cannot be fetched/],
  ])("one %s is told", async (_name, HTTPS_PROXY, told) => {
    expect((await fetchWith({ ...trusting, HTTPS_PROXY })).error).toMatch(told);
  });
});

describe("redirects", () => {
  test.each(["/moved.taco", "/elsewhere.taco"])("%s leads to the file", async (path) => {
    expect(await fetchWith(trusting, { path })).toEqual(good);
  });

  test("a password is not sent on to another host, and each host is asked through its own proxy", async () => {
    const environment = { ...trusting, HTTPS_PROXY: at(proxy), NO_PROXY: "localhost" };
    expect(await fetchWith(environment, { path: "/elsewhere.taco", host: "me:secret@127.0.0.1" })).toEqual(good);
    expect([server.credentials[0]?.slice(0, 5), other.credentials, proxy.asked.length]).toEqual(["Basic", [undefined], 1]);
  });

  test.each([
    ["/plain.taco", /it leads to http:.*, which is no https address/],
    ["/circle.taco", /more than 10 redirects/],
  ])("%s is refused", async (path, told) => {
    const { error } = await fetchWith(trusting, { path });
    expect(error).toMatch(told);
    expect(error).not.toMatch(/hidden/);
  });
});

test.each<[string, "package" | "driver", RegExp]>([
  ["/missing.taco", "package", /\(HTTP 404\)/],
  ["/huge.taco", "package", /it has 314572800 bytes, and a package \(\.taco\) may have at most 268435456 \(256 MB\)/],
  ["/endless.taco", "package", /it has more than 268435456 bytes/],
])("%s as a %s is told", async (path, kind, told) => {
  expect((await fetchWith(trusting, { path, kind })).error).toMatch(told);
});

test("what a server calls compressed is taken as it comes", async () => {
  expect(await fetchWith(trusting, { path: "/zipped.taco" })).toEqual(good);
});
