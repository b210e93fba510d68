import { HostPool } from "../../provider/host";
import { Secret } from "../../provider/secret";
import { hostContract, script } from "./support/contract";
import { noSshd, type Sshd, startSshd } from "./support/sshd";

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
    const sockets = process.getActiveResourcesInfo().filter((resource) => resource === "TCPSocketWrap");
    const session = await host().open(script("emit a; cat"));
    expect(process.getActiveResourcesInfo().filter((resource) => resource === "TCPSocketWrap")).toHaveLength(sockets.length + 1);
    await session.close();
    expect(process.getActiveResourcesInfo().filter((resource) => resource === "TCPSocketWrap")).toHaveLength(sockets.length);
    expect(sockets).toHaveLength(0);
  });

  test("did all of this over one connection", () => {
    expect(pool.counts.connections).toBe(1);
  });
});
