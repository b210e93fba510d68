import { TableauError } from "../../vocabulary/error";
import type { Endpoint } from "../host";
import { algorithmsOf, type HostKeyAlgorithm } from "./host-key-algorithms";
import { type HostKeyDecision, HostKeyDecisions } from "./host-key-decision";
import { keyOfLine, type KnownHostsFile, type KnownKey } from "./known-hosts";
import { fingerprint, plainKey, readPublicKey, sameKey } from "./public-key";
import type { PublicKey } from "./public-key.types";
import { MalformedBytes } from "./wire";

export interface HostKeyCheck {
  /** The host key algorithms to offer. */
  readonly algorithms: readonly HostKeyAlgorithm[];
  /** Undefined if the server's key is the expected one, else the error that tells what to do. */
  judge(presented: Buffer): TableauError | undefined;
  /** The error for a server that has no key of the types offered. */
  noCommonType(): TableauError;
}

type Place = Pick<Endpoint, "host" | "port">;

/**
 * How to check the key of a server: by the program's `hostKey`, else by known_hosts. It is never left unchecked.
 *
 * @throws TableauError (argument-invalid) if `hostKey` is no key.
 */
export function hostKeyCheck(
  node: string,
  endpoint: Place & Pick<Endpoint, "hostKey">,
  files: readonly KnownHostsFile[],
  now: () => number = Date.now,
): HostKeyCheck {
  const server = new Server(node, endpoint);
  const check = endpoint.hostKey === undefined ? byKnownHosts(server, files, now) : byFixedKey(server, fixedKey(node, endpoint.hostKey));
  return {
    ...check,
    judge: (presented) => {
      const key = readable(presented);
      return key === undefined ? server.unreadable() : check.judge(key);
    },
  };
}

interface Check extends Omit<HostKeyCheck, "judge"> {
  judge(presented: PublicKey): TableauError | undefined;
}

function readable(bytes: Buffer): PublicKey | undefined {
  try {
    return readPublicKey(bytes);
  } catch (error) {
    if (error instanceof MalformedBytes) return undefined;
    throw error;
  }
}

/** Reads a key as authorized_keys has it; a host name or options before its type are passed over. */
function fixedKey(node: string, line: string): PublicKey {
  const words = line.trim().split(/\s+/);
  const key = words.flatMap((_, index) => keyOfLine(words.slice(index, index + 2).join(" ")) ?? []).at(0);
  const fault = words[0]?.startsWith("@") === true ? `a line with the marker ${words[0]}` : key === undefined ? "no public key" : undefined;
  if (key !== undefined && fault === undefined && algorithmsOf(key).length > 0) return key;
  throw new TableauError("argument-invalid", {
    node,
    message: `The connection's hostKey is ${fault ?? `a key of the type ${key?.type ?? "?"}, which is not supported`}.`,
    next: 'Give one line as "ssh-keyscan" or /etc/ssh/ssh_host_ed25519_key.pub has it: "ssh-ed25519 AAAA...". Markers belong into known_hosts.',
  });
}

function byFixedKey(server: Server, expected: PublicKey): Check {
  return {
    algorithms: algorithmsOf(expected),
    judge: (key) => (sameKey(key, expected) ? undefined : server.notTheFixedOne(expected, shown(key))),
    noCommonType: () => server.notTheFixedOne(expected, `no key of the type ${expected.type}`),
  };
}

function byKnownHosts(server: Server, files: readonly KnownHostsFile[], now: () => number): Check {
  const decisions = new HostKeyDecisions(files, server.place.host, server.place.port);
  return {
    algorithms: decisions.algorithms(),
    judge: (key) => {
      const plain = plainKey(key);
      return server.errorOf(decisions.decide(key, plain, now() / 1000), plain);
    },
    noCommonType: () => server.noType(),
  };
}

/** A server, for what is said of its keys. */
class Server {
  readonly #node: string;
  readonly #name: string;
  readonly place: Place;

  constructor(node: string, place: Place) {
    this.#node = node;
    this.place = place;
    this.#name = place.host.includes(":") ? `[${place.host}]:${String(place.port)}` : `${place.host}:${String(place.port)}`;
  }

  errorOf(decision: HostKeyDecision, key: PublicKey): TableauError | undefined {
    const fault = decision.certificateFault;
    const certificate = fault === undefined ? "" : ` Its certificate is signed by an authority that known_hosts trusts, but ${fault}.`;
    switch (decision.kind) {
      case "accepted":
        return undefined;
      case "revoked":
        return this.#revoked(key);
      case "changed":
        return this.#changed(key, decision.known, certificate);
      case "unknown":
        return this.#unknown(key, decision.elsewhere, certificate);
    }
  }

  notTheFixedOne(expected: PublicKey, got: string): TableauError {
    return this.#error("host-key-mismatch", {
      message: `The server ${this.#name} is not the one that the connection's hostKey names: expected ${shown(expected)}, got ${got}.`,
      next: "Find out why the key differs. Only if the server was set up anew, put its new key into hostKey.",
    });
  }

  unreadable(): TableauError {
    return this.#error("host-key-mismatch", {
      message: `The server ${this.#name} presents a host key that cannot be read.`,
      next: "Do not connect before you know why: compare the key with the server's own files (/etc/ssh/ssh_host_*_key.pub).",
    });
  }

  noType(): TableauError {
    return this.#error("host-unreachable", {
      message: `The server ${this.#name} has no host key of a supported type.`,
      next: 'Give it an Ed25519, ECDSA or RSA key ("ssh-keygen -A" on the server). RSA signatures with SHA-1 (ssh-rsa) are not accepted.',
    });
  }

  #revoked(key: PublicKey): TableauError {
    return this.#error("host-key-mismatch", {
      message: `The server ${this.#name} presents the key ${shown(key)}, which known_hosts marks as revoked.`,
      next: "Do not connect: anybody may have that key. Ask the server's administrator.",
    });
  }

  #changed(key: PublicKey, known: readonly KnownKey[], certificate: string): TableauError {
    return this.#error("host-key-mismatch", {
      message: `The host key of ${this.#name} has changed: known are ${listed(known)}; the server presents ${shown(key)}.${certificate}`,
      next:
        "Find out why the key differs. Only if the server was set up anew, or has this key beside the known ones, " +
        `remove the old line ("ssh-keygen -R '${this.#knownName()}'") and add this one: ${this.#knownName()} ${lineOf(key)}`,
    });
  }

  #unknown(key: PublicKey, elsewhere: readonly KnownKey[], certificate: string): TableauError {
    const others = elsewhere.length === 0 ? "" : ` For ${this.place.host} on any port other keys are known: ${listed(elsewhere)}.`;
    return this.#error("host-key-unknown", {
      message: `The host key of ${this.#name} is not known. The server presents ${shown(key)}: ${lineOf(key)}.${others}${certificate}`,
      next:
        `Compare the fingerprint with the server's own ("ssh-keygen -lf /etc/ssh/ssh_host_..._key.pub" on it). If it is the same, ` +
        `set hostKey: "${lineOf(key)}" in the connection, or add this line to ~/.ssh/known_hosts: ${this.#knownName()} ${lineOf(key)}`,
    });
  }

  #knownName(): string {
    return this.place.port === 22 ? this.place.host : `[${this.place.host}]:${String(this.place.port)}`;
  }

  #error(code: "host-key-mismatch" | "host-key-unknown" | "host-unreachable", details: { message: string; next: string }): TableauError {
    return new TableauError(code, { node: this.#node, ...details });
  }
}

function listed(known: readonly KnownKey[]): string {
  const most = 5;
  const rest = known.length > most ? ` and ${String(known.length - most)} more` : "";
  return `${known
    .slice(0, most)
    .map(({ key, place }) => `${shown(key)} (${place})`)
    .join(", ")}${rest}`;
}

function shown(key: PublicKey): string {
  return `${key.type} ${fingerprint(key.bytes)}`;
}

function lineOf(key: PublicKey): string {
  return `${key.type} ${key.bytes.toString("base64")}`;
}
