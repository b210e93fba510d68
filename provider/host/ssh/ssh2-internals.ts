import type { Client, SFTPWrapper } from "ssh2";
import { WireReader, wireString } from "../keys/wire";

/**
 * The version of ssh2 whose private fields were read for this file. It is the only file that touches them: what ssh2 does not offer in
 * public is the name of the server's software, host certificates, answers to single keys, signatures that are not made of a key's type and
 * one value, the reason for which a channel is refused, and whether an SFTP channel is still open. A test attacks each against OpenSSH and says so if another version is installed.
 */
export const testedSsh2 = "1.17.0";

interface Negotiated {
  serverHostKey: string;
}

interface KeyExchange {
  readonly negotiated: Negotiated;
  _hostKey: unknown;
}

interface NameList {
  readonly array: readonly string[];
}

interface Direction {
  readonly cipher: NameList;
  readonly mac: NameList;
  readonly compress: NameList;
  readonly lang: NameList;
}

interface Offer {
  readonly lists: { readonly kex: NameList; readonly serverHostKey: NameList; readonly cs: Direction; readonly sc: Direction };
}

interface PacketWriter {
  allocStart: number;
  alloc(length: number): Buffer;
  finalize(packet: Buffer): Buffer;
}

type Sign = (packet: Buffer, send: (signature: Buffer) => void) => void;

interface Protocol {
  _kex: KeyExchange | undefined;
  _offer: Offer;
  readonly _handlers: { USERAUTH_FAILURE?: (protocol: unknown, accepted: readonly string[], partial: boolean) => void };
  readonly _packetRW: { readonly write: PacketWriter };
  authPK(username: string, key: unknown, algorithm: string | undefined, sign?: Sign): void;
}

function protocolOf(client: Client): Protocol {
  return (client as unknown as { readonly _protocol: Protocol })._protocol;
}

/** What the SSH server calls itself, such as "OpenSSH_9.2p1". */
export function softwareOf(client: Client): string {
  return (client as unknown as { readonly _remoteVer?: string })._remoteVer ?? "";
}

/** Why a server does not open a channel (https://www.rfc-editor.org/rfc/rfc4254#section-5.1); undefined: the error is another one. */
export function channelRefusal(error: unknown): number | undefined {
  const reason = error instanceof Error ? (error as Error & { readonly reason?: unknown }).reason : undefined;
  return typeof reason === "number" ? reason : undefined;
}

/** Whether an SFTP channel takes no more requests: ssh2 never answers them then. */
export function isClosed(sftp: SFTPWrapper): boolean {
  const { readable, outgoing } = sftp as unknown as { readonly readable: boolean; readonly outgoing: { readonly state: string } };
  return !readable || outgoing.state !== "open";
}

/** Whether the other side of an SFTP channel offers an extension, such as "fsync@openssh.com". */
export function offers(sftp: SFTPWrapper, extension: string): boolean {
  const { _extensions: extensions } = sftp as unknown as { readonly _extensions: Readonly<Record<string, string>> };
  return extensions[extension] !== undefined;
}

const certified = "-cert-v01@openssh.com";

/**
 * Has a client that is connecting offer these host key algorithms, those for certificates among them, which ssh2 does not know. To ssh2
 * a certificate is then the key in it (`plainKey` tells it), while the hash that the server signs is made of the certificate.
 */
export function offerHostKeyAlgorithms(client: Client, names: readonly string[], plainKey: (certificate: Buffer) => Buffer): void {
  const protocol = protocolOf(client);
  const { kex, cs, sc } = protocol._offer.lists;
  const Lists = protocol._offer.constructor as new (lists: unknown) => Offer;
  protocol._offer = new Lists({ kex: kex.array, serverHostKey: names, cs: namesOf(cs), sc: namesOf(sc) });
  let current = protocol._kex;
  Object.defineProperty(protocol, "_kex", {
    get: () => current,
    set: (next: KeyExchange | undefined) => {
      current = next;
      if (next?.negotiated.serverHostKey.endsWith(certified) === true) takeCertificate(next, plainKey);
    },
  });
}

function namesOf({ cipher, mac, compress, lang }: Direction): Record<keyof Direction, readonly string[]> {
  return { cipher: cipher.array, mac: mac.array, compress: compress.array, lang: lang.array };
}

// ssh2 first compares the key's type with the algorithm, then sets the key, hashes it, and verifies the signature by it. If it did that
// in another order, the signature would not hold and the connection would fail.
function takeCertificate(exchange: KeyExchange, plainKey: (certificate: Buffer) => Buffer): void {
  const algorithm = exchange.negotiated.serverHostKey.slice(0, -certified.length);
  if (algorithm.startsWith("rsa-")) exchange.negotiated.serverHostKey = `ssh-rsa${certified}`;
  let seen: unknown;
  let hashed = false;
  Object.defineProperty(exchange, "_hostKey", {
    get: () => {
      if (!Buffer.isBuffer(seen) || !hashed) {
        hashed = true;
        return seen;
      }
      return plainKey(seen);
    },
    set: (key: unknown) => {
      seen = key;
      hashed = false;
      if (Buffer.isBuffer(key)) exchange.negotiated.serverHostKey = algorithm;
    },
  });
}

/**
 * Tells what a server says to each attempt to log in: what it still accepts, and whether the attempt was a part of what it wants. Of a
 * method with several keys ssh2 tells neither.
 */
export function onLoginAnswer(client: Client, tell: (accepted: readonly string[], attempt: "refused" | "passed") => void): void {
  const { _handlers: handlers } = protocolOf(client);
  const handle = handlers.USERAUTH_FAILURE;
  handlers.USERAUTH_FAILURE = (protocol, accepted, partial) => {
    tell(accepted, partial ? "passed" : "refused");
    handle?.(protocol, accepted, partial);
  };
}

/**
 * Has a client send the signatures of its user's keys as they come: complete, with their own type before them. ssh2 would put the
 * key's type there, which for certificates is another one.
 */
export function sendWholeSignatures(client: Client): void {
  const protocol = protocolOf(client);
  const authPK = protocol.authPK.bind(protocol);
  protocol.authPK = (username, key, algorithm, sign) => {
    if (sign === undefined) return authPK(username, key, algorithm);
    authPK(username, key, algorithm, (packet, send) =>
      sign(packet, (signature) => {
        // Another one for each compression, so it is asked for only here.
        const { write } = protocol._packetRW;
        const finalize = write.finalize.bind(write);
        write.finalize = (made) => finalize(withSignature(write, made, signature));
        try {
          send(signature);
        } finally {
          write.finalize = finalize;
        }
      }),
    );
  };
}

// Type, user, service, "publickey", true, algorithm, key, signature: https://www.rfc-editor.org/rfc/rfc4252#section-7
function withSignature(write: PacketWriter, packet: Buffer, signature: Buffer): Buffer {
  const from = write.allocStart;
  const wire = new WireReader(packet.subarray(from));
  wire.byte();
  for (const _ of ["user", "service", "method"]) wire.bytes();
  wire.byte();
  for (const _ of ["algorithm", "key"]) wire.bytes();
  const payload = Buffer.concat([packet.subarray(from, from + wire.at), wireString(signature)]);
  const whole = write.alloc(payload.length);
  whole.set(payload, write.allocStart);
  return whole;
}
