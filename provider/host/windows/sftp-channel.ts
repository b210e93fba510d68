import type { Client, SFTPWrapper } from "ssh2";
import { TableauError } from "../../vocabulary/error";
import type { Waits } from "../limits";
import { isClosed } from "../ssh/ssh2-internals";
import { noteError } from "./sftp-call";

/** The one SFTP channel of a connection: opened when first needed, anew after it or its connection was lost. */
export class SftpChannel {
  readonly #node: string;
  readonly #waits: Waits;
  readonly #client: () => Promise<Client>;
  #open: { readonly client: Client; readonly sftp: Promise<SFTPWrapper> } | undefined;

  constructor(node: string, waits: Waits, client: () => Promise<Client>) {
    this.#node = node;
    this.#waits = waits;
    this.#client = client;
  }

  async get(): Promise<SFTPWrapper> {
    const client = await this.#client();
    if (this.#open?.client !== client) this.#open = { client, sftp: this.#start(client) };
    const opened = this.#open;
    const sftp = await opened.sftp;
    if (!isClosed(sftp)) return sftp;
    // It was given up and its end has not come yet. Only once anew: a server that closes each is told by what is asked of it.
    if (this.#open === opened) this.#open = { client, sftp: this.#start(client) };
    return await this.#open.sftp;
  }

  async #start(client: Client): Promise<SFTPWrapper> {
    try {
      const sftp = await this.#openSftp(client);
      sftp.on("error", (error: Error) => noteError(sftp, error));
      sftp.on("close", () => this.#forget(client, sftp));
      return sftp;
    } catch (error) {
      if (this.#open?.client === client) this.#open = undefined;
      throw error instanceof TableauError ? error : noSftp(this.#node, error as Error);
    }
  }

  #openSftp(client: Client): Promise<SFTPWrapper> {
    const seconds = this.#waits.session;
    return new Promise((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(noAnswer(this.#node, seconds));
      }, seconds * 1000);
      const done = (error: Error | undefined, sftp: SFTPWrapper): void => {
        clearTimeout(timer);
        if (error !== undefined) return reject(error);
        if (late) return sftp.end();
        resolve(sftp);
      };
      try {
        client.sftp(done);
      } catch (error) {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  #forget(client: Client, sftp: SFTPWrapper): void {
    const opened = this.#open;
    if (opened?.client !== client) return;
    opened.sftp.then(
      (current) => {
        if (current === sftp && this.#open === opened) this.#open = undefined;
      },
      () => undefined,
    );
  }
}

function noAnswer(node: string, seconds: number): TableauError {
  return new TableauError("host-timeout", {
    node,
    message: `The SSH server did not open SFTP within ${String(seconds)} seconds.`,
    next: "See whether the node is overloaded, and its SSH server's log; then run it again.",
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
