import { HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { hostContract, script } from "../support/contract";
import { noSshd, type Sshd, startSshd } from "../support/sshd";

(noSshd === undefined ? describe : describe.skip)(`OpenSSH's server${noSshd === undefined ? "" : ` (skipped: ${noSshd})`}`, () => {
  let sshd: Sshd;
  const pool = new HostPool();
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(async () => {
    pool.close();
    await sshd.close();
  });
  const host = () =>
    pool.host({
      name: "node1",
      privilege: "none",
      connection: {
        host: "127.0.0.1",
        port: sshd.port,
        user: "root",
        privateKey: new Secret(sshd.privateKey),
        dialErrorLimit: 3,
        perDialTimeout: 10,
        hostKey: sshd.hostKey,
      },
    });
  hostContract(host);

  test("leaves nothing behind that keeps the program alive", async () => {
    await host().run(script("emit a"));
    expect(socketsHeld(sshd.port)).toBe(0);
    const session = await host().open(script("emit a; cat"));
    expect(socketsHeld(sshd.port)).toBe(1);
    await session.close();
    expect(socketsHeld(sshd.port)).toBe(0);
  });

  test("did all of this over one connection", () => {
    expect(pool.counts.connections).toBe(1);
  });
});

/** Sockets to a port that keep this process alive. Other test files of the same process may have left theirs. */
function socketsHeld(port: number): number {
  const node = process as unknown as { _getActiveHandles(): readonly { readonly remotePort?: number }[] };
  return node._getActiveHandles().filter(({ remotePort }) => remotePort === port).length;
}
