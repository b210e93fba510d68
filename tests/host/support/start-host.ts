import { type Connection, type Host, HostPool, type HostPoolOptions } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { node } from "./node";
import { startSshServer, type TestServer, type TestServerOptions } from "./ssh-server";

type Close = () => Promise<void> | void;

const open: Close[] = [];

// In each test file that imports this.
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Closes what a test has opened when it is over, the last thing first. */
export function closeLater(...closes: readonly Close[]): void {
  open.push(...closes);
}

/** A server with a password, and a host that reaches it, until the end of the test. */
export async function startHost(
  options: TestServerOptions = {},
  poolOptions: HostPoolOptions = {},
  connection: Partial<Connection> = {},
): Promise<{ at: TestServer; host: Host; pool: HostPool }> {
  const at = await startSshServer({ password: "pw", ...options });
  const pool = new HostPool(poolOptions);
  closeLater(
    () => at.close(),
    () => pool.close(),
  );
  return { at, pool, host: pool.host(node(at.port, { password: new Secret("pw"), hostKey: at.hostKey, ...connection })) };
}
