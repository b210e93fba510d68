import { TableauError } from "../error";
import type { Endpoint } from "./host";
import { type HostKey, fingerprint, hostKeyOf, keyLine, parseHostKey, sameKey } from "./host-key";
import { algorithmsOf, algorithmsPreferring } from "./host-key-algorithms";
import { type KnownKey, knownKeys } from "./known-hosts";

export interface HostKeyCheck {
  /** The host key algorithms to offer. */
  readonly algorithms: readonly string[];
  /** Undefined if the server's key is the expected one, else the error that tells what to do. */
  judge(presented: Buffer): TableauError | undefined;
  /** The error for a server that has no key of the types offered. */
  noCommonType(): TableauError;
}

/**
 * How to check the key of a server: by the program's `hostKey`, else by known_hosts. It is never left unchecked.
 *
 * @throws TableauError (argument-invalid) if `hostKey` is no key.
 */
export function hostKeyCheck(node: string, endpoint: Pick<Endpoint, "host" | "port" | "hostKey">, knownHosts: string): HostKeyCheck {
  const server = `${endpoint.host}:${endpoint.port}`;
  return endpoint.hostKey === undefined
    ? byKnownHosts(node, server, knownKeys(knownHosts, endpoint.host, endpoint.port), endpoint)
    : byFixedKey(node, server, fixedKey(node, endpoint.hostKey));
}

function fixedKey(node: string, line: string): HostKey {
  const key = parseHostKey(line);
  if (key !== undefined && algorithmsOf(key.type).length > 0) return key;
  throw new TableauError("argument-invalid", {
    node,
    message: `The connection's hostKey is ${key === undefined ? "no public key" : `a key of the type ${key.type}, which is not supported`}.`,
    next: 'Give one line as "ssh-keyscan" or /etc/ssh/ssh_host_ed25519_key.pub has it: "ssh-ed25519 AAAA...".',
  });
}

function byFixedKey(node: string, server: string, expected: HostKey): HostKeyCheck {
  const mismatch = (got: string): TableauError =>
    new TableauError("host-key-mismatch", {
      node,
      message: `The server ${server} is not the one that the connection's hostKey names: expected ${expected.type} ${fingerprint(expected)}, got ${got}.`,
      next: "Find out why the key differs. Only if the server was set up anew, put its new key into hostKey.",
    });
  return {
    algorithms: algorithmsOf(expected.type),
    judge: (presented) => (sameKey(hostKeyOf(presented), expected) ? undefined : mismatch(shown(hostKeyOf(presented)))),
    noCommonType: () => mismatch(`no key of the type ${expected.type}`),
  };
}

function byKnownHosts(node: string, server: string, known: readonly KnownKey[], endpoint: Pick<Endpoint, "host" | "port">): HostKeyCheck {
  const trusted = known.filter((line) => line.marker === "none");
  const judge = (presented: Buffer): TableauError | undefined => {
    const key = hostKeyOf(presented);
    if (known.some((line) => line.marker === "revoked" && sameKey(line.key, key))) return revoked(node, server, key);
    if (trusted.some((line) => sameKey(line.key, key))) return undefined;
    const others = trusted.filter((line) => line.named === "with-port" && line.key.type === key.type);
    return others.length > 0 ? changed(node, server, key, others) : unknown(node, server, key, endpoint);
  };
  return {
    algorithms: algorithmsPreferring(trusted.map((line) => line.key.type)),
    judge,
    noCommonType: () => noType(node, server),
  };
}

function revoked(node: string, server: string, key: HostKey): TableauError {
  return new TableauError("host-key-mismatch", {
    node,
    message: `The server ${server} presents the key ${shown(key)}, which known_hosts marks as revoked.`,
    next: "Do not connect: whoever has that key is not to be trusted. Ask the server's administrator.",
  });
}

function changed(node: string, server: string, key: HostKey, expected: readonly KnownKey[]): TableauError {
  return new TableauError("host-key-mismatch", {
    node,
    message: `The host key of ${server} has changed: known_hosts has ${expected.map((line) => shown(line.key)).join(", ")}, the server presents ${shown(key)}.`,
    next: "Find out why the key differs. Only if the server was set up anew, remove the old line (ssh-keygen -R) and add the new one.",
  });
}

function unknown(node: string, server: string, key: HostKey, endpoint: Pick<Endpoint, "host" | "port">): TableauError {
  const name = endpoint.port === 22 ? endpoint.host : `[${endpoint.host}]:${endpoint.port}`;
  return new TableauError("host-key-unknown", {
    node,
    message: `The host key of ${server} is not known. The server presents ${shown(key)}: ${keyLine(key)}`,
    next:
      `Compare the fingerprint with the server's own ("ssh-keygen -lf /etc/ssh/ssh_host_..._key.pub" on it). If it is the same, ` +
      `set hostKey: "${keyLine(key)}" in the connection, or add this line to ~/.ssh/known_hosts: ${name} ${keyLine(key)}`,
  });
}

function noType(node: string, server: string): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `The server ${server} has no host key of a supported type.`,
    next: 'Give it an ed25519, ECDSA or RSA key ("ssh-keygen -A" on the server).',
  });
}

function shown(key: HostKey): string {
  return `${key.type} ${fingerprint(key)}`;
}
