import { spawn, spawnSync } from "node:child_process";
import { proxyOf } from "../../../provider/lifecycle/package/proxy-of";
import { startProxy, type Running } from "./support/servers";

const hosts = [
  "files.test",
  "www.files.test",
  "a.b.files.test",
  "otherfiles.test",
  "files.test.com",
  "10.1.2.3",
  "192.168.7.9",
  "localhost",
];

/** Whether curl knows blocks of addresses (7.86) is asked below. */
const lists = [
  "",
  "*",
  "files.test",
  ".files.test",
  "FILES.TEST",
  "www.files.test",
  "files",
  "test",
  "other.test, files.test",
  "other.test files.test",
  "files.test.",
  "10.1.2.3",
  "1.2.3",
  "10.0.0.0/8",
  "10.1.2.0/24,192.168.0.0/16",
  "192.168.7.8/31",
  "localhost,127.0.0.1",
];

test.each([
  ["https_proxy=http://small:1 HTTPS_PROXY=http://large:2", "small:1"],
  ["HTTPS_PROXY=http://large:2 HTTP_PROXY=http://plain:3", "large:2"],
  ["ALL_PROXY=http://all:4 HTTP_PROXY=http://plain:3", "all:4"],
  ["HTTP_PROXY=http://plain:3", "plain:3"],
  ["HTTPS_PROXY=large:2", "large:2"],
  ["HTTPS_PROXY= HTTP_PROXY=http://plain:3", "plain:3"],
  ["HTTPS_PROXY=http://large:2 NO_PROXY=files.test:443", undefined],
  ["HTTPS_PROXY=http://large:2 NO_PROXY=files.test:8443", "large:2"],
  ["HTTPS_PROXY=http://large:2 no_proxy=other.test NO_PROXY=files.test", "large:2"],
  // Not curl's, but npm's and many others'.
  ["HTTPS_PROXY=http://large:2 NO_PROXY=*.test", undefined],
  ["HTTPS_PROXY=http://large:2 NO_PROXY=*.iles.test", "large:2"],
  ["OTHER=1", undefined],
])("%s", (text, host) => {
  const environment = Object.fromEntries(text.split(" ").map((each) => each.split("=") as [string, string]));
  expect(proxyOf(new URL("https://files.test/a.taco"), environment)?.host).toBe(host);
});

test.each([
  ["[::1]", "::1"],
  ["[::1]", "[::1]"],
  ["[::1]", "[::1]:443"],
])("an IPv6 address: %s in NO_PROXY=%s", (host, list) => {
  expect(proxyOf(new URL(`https://${host}/`), { HTTPS_PROXY: "http://p:1", NO_PROXY: list })).toBeNull();
});

const version = spawnSync("curl", ["--version"], { encoding: "utf8" });
const curl = version.status === 0 ? /^curl (\d+)\.(\d+)/.exec(version.stdout) : null;
const knowsBlocks = curl !== null && (Number(curl[1]) > 7 || Number(curl[2]) >= 86);

(knowsBlocks ? describe : describe.skip)(`as curl decides${knowsBlocks ? "" : " (skipped: there is no curl 7.86 here)"}`, () => {
  let proxy: Running;
  beforeAll(async () => (proxy = await startProxy(403)));
  afterAll(() => proxy.stop());

  test.each(lists)("NO_PROXY=%s", async (list) => {
    proxy.asked.length = 0;
    // An address that is asked for directly is refused by port 1 of this machine.
    const direct = hosts.flatMap((host) => ["--resolve", `${host}:1:127.0.0.1`]);
    const urls = hosts.flatMap((host) => ["--output", "/dev/null", `https://${host}:1/`]);
    const environment = { PATH: process.env["PATH"] ?? "", https_proxy: `http://127.0.0.1:${String(proxy.port)}`, no_proxy: list };
    await new Promise((resolve) => spawn("curl", ["-q", "--silent", ...direct, ...urls], { env: environment }).on("close", resolve));
    const ours = hosts.filter((host) => proxyOf(new URL(`https://${host}:1/`), environment) !== null);
    expect(ours).toEqual(hosts.filter((host) => proxy.asked.includes(`${host}:1`)));
  });
});
