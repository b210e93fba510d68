import type { Connection, Host, NodeAddress } from "../host";
import { KeptShells } from "../script/kept/kept-shells";
import { PlatformHost } from "./platform-host";
import { ScriptHost } from "../script/script-host";
import { SshConnection } from "./connection";
import type { SshContext } from "./context";
import { SftpChannel } from "../windows/sftp-channel";
import { SftpFiles } from "../windows/sftp-files";
import { WindowsHost } from "../windows/windows-host";

/** A node reached over SSH, with the connection to close in the end. */
export function sshHost(
  address: NodeAddress & { readonly connection: Connection },
  context: SshContext,
): { readonly host: Host; readonly connection: SshConnection } {
  const { name: node } = address;
  const { user } = address.connection;
  const { counts, waits } = context;
  const connection = new SshConnection(node, address.connection, context);
  const start: SshConnection["start"] = (command, kind) => connection.start(command, kind);
  const elevation = user === "root" ? "none" : address.privilege;
  const shells = new KeptShells({ node, user, elevation, counts, waits, start });
  const channel = new SftpChannel(node, waits, () => connection.client());
  const host = new PlatformHost(node, address.platform, () => connection.server(), {
    linux: new ScriptHost({ node, user, elevation, counts, waits, start, shells }),
    windows: new WindowsHost({
      node,
      user,
      counts,
      waits,
      start,
      files: new SftpFiles({ node, counts, waits, channel: () => channel.get() }),
      during: (work) => connection.during(work),
    }),
  });
  return { host, connection };
}
