import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { offeredAlgorithms } from "../../../provider/host/ssh/algorithms";
import { ServerGreeting, type ServerOffer } from "../../../provider/host/ssh/server-greeting";
import { script } from "../support/contract";
import { needs } from "../support/needs";
import { node } from "../support/node";
import { noSshd, startSshd } from "../support/sshd";
import { publicLine } from "../support/ssh-server";
import { closeLater } from "../support/start-host";

/** What this package really sends as its offer, host keys being looked for in this known_hosts. */
async function sent(known = ""): Promise<ServerOffer> {
  let offer: ServerOffer | undefined;
  const server = createServer((socket) => {
    const seen = new ServerGreeting(socket, () => undefined);
    seen.begin();
    socket.on("error", () => undefined).write("SSH-2.0-OpenSSH_9.2p1\r\n");
    socket.on("data", () => {
      offer ??= seen.offer;
      if (offer !== undefined) socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const pool = new HostPool({ agentOfEnvironment: "", readKnownHosts: () => Promise.resolve([{ path: "known_hosts", text: known }]) });
  closeLater(
    () => void server.close(),
    () => pool.close(),
  );
  const { port } = server.address() as AddressInfo;
  await pool
    .host(node(port, { password: new Secret("pw"), dialErrorLimit: 1 }))
    .run(script(""))
    .catch(() => undefined);
  if (offer === undefined) throw new Error("nothing was offered");
  return offer;
}

const plain = (names: readonly string[]): readonly string[] => names.filter((name) => !/^(?:ext-info-c|kex-strict-)/.test(name));

test("what is said to be offered is what is sent", async () => {
  const { keyExchange, cipher, mac, hostKey } = await sent();
  expect([...plain(keyExchange)].sort()).toEqual([...offeredAlgorithms.kex].sort());
  expect([...cipher].sort()).toEqual([...offeredAlgorithms.cipher].sort());
  expect([...mac].sort()).toEqual([...offeredAlgorithms.hmac].sort());
  expect(hostKey).toHaveLength(12);
});

needs(["ssh"], () => {
  test("nothing is offered that OpenSSH's client does not offer by default", async () => {
    const defaults = execFileSync("ssh", ["-F", "none", "-G", "x"]).toString();
    const list = (name: string): readonly string[] => new RegExp(`^${name} (.*)$`, "m").exec(defaults)?.[1]?.split(",") ?? [];
    const { keyExchange, cipher, mac, hostKey } = await sent();
    const beyond = (ours: readonly string[], name: string): readonly string[] => ours.filter((each) => !list(name).includes(each));
    expect(beyond(plain(keyExchange), "kexalgorithms")).toEqual([]);
    expect(beyond(cipher, "ciphers")).toEqual([]);
    expect(beyond(mac, "macs")).toEqual([]);
    expect(beyond(hostKey, "hostkeyalgorithms")).toEqual([]);
    // In its order, too.
    expect(hostKey).toEqual(list("hostkeyalgorithms").filter((name) => hostKey.includes(name)));
  });
});

(noSshd === undefined ? describe : describe.skip)(`an RSA key${noSshd === undefined ? "" : ` (skipped: ${noSshd})`}`, () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const folder = mkdtempSync(join(tmpdir(), "offer-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ["rsa-sha2-512", "in"],
    ["rsa-sha2-256", "in"],
    ["ssh-rsa", "host-login-refused"],
  ])("signs for a server that takes %s only: %s", async (algorithm, expected) => {
    writeFileSync(join(folder, "keys"), publicLine(rsa), { mode: 0o644 });
    const at = await startSshd([`PubkeyAcceptedAlgorithms ${algorithm}`, `AuthorizedKeysFile ${join(folder, "keys")}`]);
    const pool = new HostPool({ agentOfEnvironment: "" });
    closeLater(
      () => at.close(),
      () => pool.close(),
    );
    const host = pool.host(node(at.port, { user: "root", hostKey: at.hostKey, privateKey: new Secret(rsa) }));
    const seen = await host.run(script("emit in")).then(
      ({ records }) => records[0]?.[0],
      (error: unknown) => (error as { readonly code: string }).code,
    );
    expect(seen).toBe(expected);
  });
});
