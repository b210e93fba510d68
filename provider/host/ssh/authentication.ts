import type { AnyAuthMethod } from "ssh2";
import { TableauError } from "../../vocabulary/error";
import type { Endpoint } from "../host";
import { type Asked, answerPrompts } from "./login-prompts";
import { privateKey } from "../keys/private-key";
import { agentKeys } from "./agent";
import type { SshContext } from "./context";
import { keysMethod } from "./keys-method";
import { userKeys } from "../keys/user-key";

export interface SshAuth {
  /** What the server said to the last attempt: what it still accepts, and whether it wants more beside what it has. */
  heard(accepted: readonly string[], attempt: "refused" | "passed"): void;
  /** What to try next; false when nothing is left. */
  next(): AnyAuthMethod | false;
  /** The methods tried so far, for the error. */
  readonly tried: readonly string[];
  /** Those with which a part of the login succeeded, where the server wants several. */
  readonly passed: readonly string[];
  /** What the server accepts, as it said last; null: it has not said. */
  readonly accepted: readonly string[] | null;
  /** What the server asked beside the password, and its words. */
  readonly asked: readonly { readonly what: Asked; readonly text: string }[];
}

/**
 * The ways to log in, in the order of `@pulumi/command`: private key, password (also where the server asks for it as a
 * question), agent. "none" is never tried, which saves a round trip.
 *
 * @throws TableauError (host-login-refused) if there is nothing to log in with, (argument-invalid) for an unusable key.
 */
export async function sshAuth(
  node: string,
  endpoint: Endpoint,
  { agentOfEnvironment, waits }: Pick<SshContext, "agentOfEnvironment" | "waits">,
): Promise<SshAuth> {
  const agent = endpoint.agentSocketPath ?? agentOfEnvironment;
  const asked: { readonly what: Asked; readonly text: string }[] = [];
  const ways: readonly Way[] = [
    ...(await keyWay(node, endpoint)),
    ...passwordWays(endpoint, (what, text) => asked.push({ what, text })),
    ...(agent === undefined || agent === "" ? [] : [agentWay(endpoint, agent, waits.agent)]),
  ];
  if (ways.length === 0) throw nothingToLogInWith(node, endpoint);
  return new Ways(ways, asked);
}

interface Way {
  readonly name: string;
  /** The name of the method in the server's list. */
  readonly accepted: string;
  readonly method: () => AnyAuthMethod;
}

class Ways implements SshAuth {
  readonly tried: string[] = [];
  readonly passed: string[] = [];
  readonly asked: SshAuth["asked"];
  accepted: readonly string[] | null = null;
  readonly #all: readonly Way[];
  #left: readonly Way[];

  constructor(ways: readonly Way[], asked: SshAuth["asked"]) {
    this.#left = ways;
    this.#all = ways;
    this.asked = asked;
  }

  heard(accepted: readonly string[], attempt: "refused" | "passed"): void {
    this.accepted = accepted;
    if (attempt === "passed") this.#pass();
  }

  next(): AnyAuthMethod | false {
    const way = this.#left.find((each) => this.accepted === null || this.accepted.includes(each.accepted));
    if (way === undefined) return false;
    this.#left = this.#left.filter((each) => each !== way);
    this.tried.push(way.name);
    return way.method();
  }

  // What was refused before may be what the server wants next.
  #pass(): void {
    const passed = this.tried.at(-1);
    if (passed === undefined || this.passed.includes(passed)) return;
    this.passed.push(passed);
    this.#left = this.#all.filter(({ name }) => !this.passed.includes(name));
  }
}

async function keyWay(node: string, endpoint: Endpoint): Promise<readonly Way[]> {
  const found = await privateKey(node, endpoint);
  if (found === undefined) return [];
  const keys = userKeys(found);
  const name = found.certificate === undefined ? "private key" : "private key with certificate";
  return [{ name, accepted: "publickey", method: () => keysMethod(endpoint.user, () => Promise.resolve(keys)) }];
}

function agentWay(endpoint: Endpoint, path: string, seconds: number): Way {
  return { name: "agent", accepted: "publickey", method: () => keysMethod(endpoint.user, () => agentKeys(path, seconds)) };
}

function passwordWays(endpoint: Endpoint, note: (what: Asked, text: string) => void): readonly Way[] {
  const password = endpoint.password?.reveal();
  if (password === undefined) return [];
  const username = endpoint.user;
  return [
    { name: "password", accepted: "password", method: () => ({ type: "password", username, password }) },
    {
      name: "keyboard-interactive",
      accepted: "keyboard-interactive",
      method: () => ({ type: "keyboard-interactive", username, prompt: answerPrompts(password, note) }),
    },
  ];
}

function nothingToLogInWith(node: string, endpoint: Endpoint): TableauError {
  return new TableauError("host-login-refused", {
    node,
    message: `There is nothing to log in with as "${endpoint.user}" on ${endpoint.host}:${endpoint.port}: no privateKey, privateKeyPath, password or agent.`,
    next: "Set one of them in the connection, or start an SSH agent (SSH_AUTH_SOCK).",
  });
}
