import type { Connection, Host, NodeAddress } from "./host";
import { ScriptHost } from "./script-host";
import { SshConnection } from "./ssh-connection";
import type { SshContext } from "./ssh-context";

/** A node reached over SSH, with the connection to close in the end. */
export function sshHost(
  address: NodeAddress & { readonly connection: Connection },
  context: SshContext,
): { readonly host: Host; readonly connection: SshConnection } {
  const { user } = address.connection;
  const connection = new SshConnection(address.name, address.connection, context);
  const host = new ScriptHost({
    node: address.name,
    user,
    elevation: user === "root" ? "none" : address.privilege,
    counts: context.counts,
    start: (command, kind) => connection.start(command, kind),
    connect: () => connection.connect(),
  });
  return { host, connection };
}
