import type { Client, SFTPWrapper } from "ssh2";
import { TableauError } from "../../error";

/** The one SFTP channel of a connection: opened when first needed, anew after it or its connection was lost. */
export class SftpChannel {
  readonly #node: string;
  readonly #client: () => Promise<Client>;
  #open: { readonly client: Client; readonly sftp: Promise<SFTPWrapper> } | undefined;

  constructor(node: string, client: () => Promise<Client>) {
    this.#node = node;
    this.#client = client;
  }

  async get(): Promise<SFTPWrapper> {
    const client = await this.#client();
    if (this.#open?.client !== client) this.#open = { client, sftp: this.#start(client) };
    return await this.#open.sftp;
  }

  async #start(client: Client): Promise<SFTPWrapper> {
    try {
      const sftp = await openSftp(client);
      sftp.on("error", () => undefined);
      sftp.on("close", () => this.#forget(client));
      return sftp;
    } catch (error) {
      this.#forget(client);
      throw noSftp(this.#node, error as Error);
    }
  }

  #forget(client: Client): void {
    if (this.#open?.client === client) this.#open = undefined;
  }
}

function openSftp(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error)));
  });
}

function noSftp(node: string, cause: Error): TableauError {
  return new TableauError("host-login-refused", {
    node,
    message: `The SSH server gives this user no SFTP, by which all files of a Windows node travel: ${cause.message}.`,
    next: 'See that C:\\ProgramData\\ssh\\sshd_config has the line "Subsystem sftp sftp-server.exe", restart the service sshd, then run it again.',
    cause,
  });
}
