import { HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { hostContract } from "../support/contract";
import { startSshServer, type TestServer } from "../support/ssh-server";

describe("an SSH server in this process", () => {
  let server: TestServer;
  let pool: HostPool;
  beforeAll(async () => {
    server = await startSshServer({ password: "pw" });
    pool = new HostPool();
  });
  afterAll(async () => {
    pool.close();
    await server.close();
  });
  const host = () =>
    pool.host({
      name: "node1",
      privilege: "none",
      connection: {
        host: "127.0.0.1",
        port: server.port,
        user: "me",
        password: new Secret("pw"),
        dialErrorLimit: 3,
        perDialTimeout: 10,
        hostKey: server.hostKey,
      },
    });
  // ssh2's server takes no packet above 35,000 bytes (RFC 4253, section 6.1); OpenSSH's takes 256 KiB.
  hostContract(host, 30_000);

  test("did all of this over one connection with at most 8 sessions at a time", () => {
    expect(server.connections()).toBe(1);
    expect(server.mostSessions()).toBeLessThanOrEqual(8);
    expect(pool.counts.sessions).toBe(server.execs.length);
    expect(pool.counts.sessions).toBeLessThan(pool.counts.scripts);
  });
});
