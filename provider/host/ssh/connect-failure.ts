import { TableauError } from "../../vocabulary/error";
import { DialError } from "./dial-error";
import { dialFault } from "./dial-fault";
import type { Endpoint } from "../host";
import type { HostKeyCheck } from "../keys/host-key-check";
import type { ServerGreeting, ServerOffer } from "./server-greeting";
import { offeredAlgorithms } from "./algorithms";

interface Ssh2Error extends Error {
  readonly level?: string;
  readonly code?: unknown;
}

export interface HandshakeSeen {
  readonly node: string;
  readonly endpoint: Endpoint;
  readonly check: HostKeyCheck;
  readonly greeting: ServerGreeting;
}

/** What a failure before the login means: a DialError if another attempt may succeed, else the error to end with. */
export async function handshakeFailure(error: Ssh2Error, seen: HandshakeSeen): Promise<Error> {
  if (error instanceof DialError || error instanceof TableauError) return error;
  const { greeting } = seen;
  if (greeting.identification === undefined && greeting.words !== "") return noSshServer(greeting);
  if (isSystemError(error)) return await dialFault(error, seen.endpoint);
  const [, missing] = error.message.toLowerCase().split("no matching ");
  if (missing?.includes("host key") === true) return seen.check.noCommonType();
  if (missing !== undefined) return nothingInCommon(missing, seen, error);
  if (/lost before handshake|^closed$/i.test(error.message)) return closedEarly(greeting);
  // A disconnect message: its words are the server's.
  if (typeof error.code === "number") {
    return new DialError(`the server ended the connection: ${error.message}`, "See the server's log.", { cause: error });
  }
  if (!/^SSH-(?:2|1\.99)/.test(greeting.identification ?? "SSH-2")) return oldProtocol(seen);
  return new TableauError("host-unreachable", {
    node: seen.node,
    message: `The key exchange with ${place(seen)} failed: ${error.message}.${named(greeting)}`,
    next: "See the server's log, and whether something between here and there changes what is sent.",
    cause: error,
  });
}

function isSystemError(error: Ssh2Error): error is Ssh2Error & { readonly code: string } {
  return typeof error.code === "string" && /^E[A-Z_]+$/.test(error.code);
}

// Also how sshd sheds load: it drops connections before the key exchange (MaxStartups).
function closedEarly(greeting: ServerGreeting): DialError {
  const { identification } = greeting;
  const when = identification === undefined ? "before it said what it is" : `after it had called itself ${identification}`;
  return new DialError(
    `the server closed the connection before the key exchange, ${when}`,
    "See the server's log: it may limit connections (MaxStartups, PerSourcePenalties, fail2ban) or refuse this address (TCP wrappers).",
  );
}

// Some load balancers and sshd itself ("Exceeded MaxStartups", "Not allowed at this time") say something for a while.
export function noSshServer({ words }: ServerGreeting): DialError {
  const sheds = /MaxStartups|not allowed at this time|too many|try again/i.test(words);
  return new DialError(
    sheds
      ? `the SSH server takes no connection now; it said ${JSON.stringify(words)}`
      : `it is no SSH server; it said ${JSON.stringify(words)}`,
    sheds
      ? "Try again later, or raise MaxStartups in the server's sshd_config; see PerSourcePenalties too."
      : `Check the port: ${/^HTTP\/|<html/i.test(words) ? "a web server answers there" : "another service answers there"}.`,
  );
}

function oldProtocol(seen: HandshakeSeen): TableauError {
  return new TableauError("host-unreachable", {
    node: seen.node,
    message: `${place(seen)} speaks the first version of SSH only.${named(seen.greeting)}`,
    next: "Install a current SSH server there.",
  });
}

const kinds: readonly (readonly [pattern: RegExp, list: keyof ServerOffer, what: string, option: string])[] = [
  [/key exchange/, "keyExchange", "key exchange", "KexAlgorithms"],
  [/cipher/, "cipher", "cipher", "Ciphers"],
  [/mac/, "mac", "MAC", "MACs"],
];

function nothingInCommon(missing: string, seen: HandshakeSeen, cause: Error): TableauError {
  const [, list, what = missing, option] = kinds.find(([pattern]) => pattern.test(missing)) ?? [];
  const theirs = list === undefined ? [] : (seen.greeting.offer?.[list] ?? []).filter((name) => !/^(?:ext-info|kex-strict)-/.test(name));
  const quantum = list === "keyExchange" && theirs.length > 0 && theirs.every((name) => /sntrup|mlkem|kyber/i.test(name));
  const ours = offeredAlgorithms[list === "keyExchange" ? "kex" : list === "cipher" ? "cipher" : "hmac"];
  return new TableauError("host-unreachable", {
    node: seen.node,
    message:
      `${place(seen)} and this package have no ${what} in common.${theirs.length === 0 ? "" : ` The server offers ${theirs.join(", ")}`}` +
      `${quantum ? ", which are post-quantum ones; this package knows none of these" : ""}${theirs.length === 0 ? "" : "."}${named(seen.greeting)}`,
    next:
      option === undefined
        ? "See the server's sshd_config."
        : `Allow one of these in the server's sshd_config (${option}): ${ours.join(", ")}.`,
    cause,
  });
}

function named({ identification }: ServerGreeting): string {
  return identification === undefined ? "" : ` It calls itself ${identification}.`;
}

function place({ endpoint }: HandshakeSeen): string {
  return `${endpoint.host}:${String(endpoint.port)}`;
}
