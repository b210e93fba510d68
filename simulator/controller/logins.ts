import { isAtLeast } from "../release";
import type { Command, Context } from "./context";

/** An account that TSM accepts with a password. */
export interface Account {
  readonly username: string;
  readonly password: string;
}

/** Who may call tsm, and who has logged in. */
export class Logins {
  readonly #account: Account;
  /** By node and user: when the login ends. */
  readonly #sessions = new Map<string, number>();

  constructor(account: Account) {
    this.#account = account;
  }

  readonly commands: readonly Command[] = [
    { words: ["login"], options: [], run: (context) => this.#login(context) },
    {
      words: ["logout"],
      options: [],
      run: (context) => this.#logout(context),
    },
  ];

  /** Whether the call may go on; asks for a password where one is needed. */
  async admit(context: Context): Promise<"admitted" | "refused"> {
    const { call, faults, options, release } = context;
    if (options.has("username") || options.has("password")) return this.#checkPassword(context);
    if (faults.strikes("login-expired")) {
      this.#sessions.delete(sessionOf(call));
      context.console.error("Your session has expired. Log in again with the command 'tsm login'.");
      return "refused";
    }
    if (this.#hasSession(context)) return "admitted";
    const initial = context.nodes[0];
    const local = call.node === initial?.name && initial.authorised.includes(call.user);
    return local && isAtLeast(release, "2019.2") ? "admitted" : this.#checkPassword(context);
  }

  async #login(context: Context): Promise<number> {
    if ((await this.#checkPassword(context)) === "refused") return 1;
    this.#sessions.set(sessionOf(context.call), Date.now() + 120 * 60_000);
    return 0;
  }

  #logout({ call }: Context): number {
    this.#sessions.delete(sessionOf(call));
    return 0;
  }

  #hasSession({ call, switches }: Context): boolean {
    const end = this.#sessions.get(sessionOf(call));
    if (end === undefined) return false;
    if (switches.loginExpiry === "one-call") this.#sessions.delete(sessionOf(call));
    return switches.loginExpiry !== "120-minutes" || Date.now() < end;
  }

  async #checkPassword({ call, console, options }: Context): Promise<"admitted" | "refused"> {
    const username = options.get("username") ?? call.user;
    if (!options.has("username")) console.line(`Logging in as user '${username}' since no --username flag was given.`);
    const password = options.get("password") ?? (await console.ask("Password: "));
    // Tableau's own installer escapes double quotes in a password on standard input.
    const matches = password === this.#account.password || password?.replaceAll('\\"', '"') === this.#account.password;
    if (matches && username === this.#account.username) return "admitted";
    console.error(`Authentication failed for user '${username}'.`);
    return "refused";
  }
}

function sessionOf({ node, user }: { node: string; user: string }): string {
  return `${node} ${user}`;
}
