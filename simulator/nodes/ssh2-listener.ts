import { Server, type Connection, type ServerConfig, type Session } from "ssh2";
import { simulatorError } from "../fail";
import { admitsKey } from "./admit-key";

export interface BuiltinServerKeys {
  /** PEM text of the host's private key. */
  readonly hostKey: string;
  /** An authorized_keys line. */
  readonly authorizedKey: string;
}

/** What a listener does with those whom it lets in. */
export interface Ssh2Offer {
  /** How the server names itself; absent: as ssh2 does. */
  readonly ident?: string;
  /** Gets each connection, before its login. */
  readonly onClient?: (client: Connection) => void;
  /** Gets each session, and the name of the user who logged in. */
  readonly onSession: (session: Session, user: string) => void;
}

/** An ssh server in this process that lets in who has the one key. What a session may do is its owner's. */
export class Ssh2Listener {
  #server: Server | undefined;
  readonly #keys: BuiltinServerKeys;
  readonly #offer: Ssh2Offer;

  constructor(keys: BuiltinServerKeys, offer: Ssh2Offer) {
    this.#keys = keys;
    this.#offer = offer;
  }

  /** Listens on a free port, anew where it did already, and tells the port. `banner` is shown before the login; "" for none. */
  async start(banner: string): Promise<number> {
    await this.stop();
    const { ident } = this.#offer;
    const options: ServerConfig = {
      hostKeys: [this.#keys.hostKey],
      ...(ident === undefined ? {} : { ident }),
      ...(banner === "" ? {} : { banner }),
    };
    const server = new Server(options, (client) => this.#serve(client));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const address = server.address();
    if (address === null || typeof address === "string") throw simulatorError("The ssh server has no port.", "Try again.");
    return address.port;
  }

  // ssh2's close() only stops listening: open connections go on, as they do with sshd. The gate ends them.
  async stop(): Promise<void> {
    this.#server?.close();
    this.#server = undefined;
    await Promise.resolve();
  }

  #serve(client: Connection): void {
    let user = "";
    let sessions = 0;
    // As sshd does: else each short answer waits 40 milliseconds for the other side's acknowledgement.
    (client as Connection & { setNoDelay(on: boolean): void }).setNoDelay(true);
    client.on("error", () => undefined);
    client.on("authentication", (context) => {
      user = context.username;
      if (admitsKey(this.#keys.authorizedKey, context)) context.accept();
      else context.reject(["publickey"]);
    });
    this.#offer.onClient?.(client);
    client.on("session", (accept, reject) => {
      if (sessions >= 10) {
        reject(); // as sshd does, by its MaxSessions
        return;
      }
      sessions++;
      const session = accept();
      session.on("close", () => sessions--);
      this.#offer.onSession(session, user);
    });
  }
}
