import type { AnyAuthMethod, ParsedKey } from "ssh2";
import { TableauError } from "../error";
import type { Endpoint } from "./host";
import { privateKey } from "./private-key";

export interface SshAuth {
  /** What to try next, given the methods that the server still accepts; false when nothing is left. */
  next(accepted: readonly string[] | null): AnyAuthMethod | false;
  /** The methods tried so far, for the error. */
  readonly tried: readonly string[];
}

/**
 * The ways to log in, in the order of `@pulumi/command`: private key, password (also where the server asks for it as a
 * question), agent. "none" is never tried, which saves a round trip.
 *
 * @throws TableauError (host-login-refused) if there is nothing to log in with, (argument-invalid) for an unusable key.
 */
export async function sshAuth(node: string, endpoint: Endpoint, agentOfEnvironment: string | undefined): Promise<SshAuth> {
  const agent = endpoint.agentSocketPath ?? agentOfEnvironment;
  const methods = [
    ...keyMethod(endpoint, await privateKey(node, endpoint)),
    ...passwordMethods(endpoint),
    ...(agent === undefined || agent === ""
      ? []
      : [{ name: "agent", accepted: "publickey", method: { type: "agent", username: endpoint.user, agent } as const }]),
  ];
  if (methods.length === 0) throw nothingToLogInWith(node, endpoint);
  const tried: string[] = [];
  return {
    tried,
    next(accepted) {
      for (let way = methods.shift(); way !== undefined; way = methods.shift()) {
        if (accepted !== null && !accepted.includes(way.accepted)) continue;
        tried.push(way.name);
        return way.method;
      }
      return false;
    },
  };
}

interface Way {
  readonly name: string;
  /** The name of the method in the server's list. */
  readonly accepted: string;
  readonly method: AnyAuthMethod;
}

function keyMethod(endpoint: Endpoint, key: ParsedKey | undefined): readonly Way[] {
  return key === undefined
    ? []
    : [{ name: "private key", accepted: "publickey", method: { type: "publickey", username: endpoint.user, key } }];
}

function passwordMethods(endpoint: Endpoint): readonly Way[] {
  const password = endpoint.password?.reveal();
  if (password === undefined) return [];
  const username = endpoint.user;
  return [
    { name: "password", accepted: "password", method: { type: "password", username, password } },
    {
      name: "keyboard-interactive",
      accepted: "keyboard-interactive",
      method: {
        type: "keyboard-interactive",
        username,
        prompt: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password)),
      },
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
