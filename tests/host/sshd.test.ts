import { HostPool } from "../../provider/host";
import { Secret } from "../../provider/secret";
import { hostContract } from "./support/contract";
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

  test("did all of this over one connection", () => {
    expect(pool.counts.connections).toBe(1);
  });
});
