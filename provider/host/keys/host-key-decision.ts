import { hostCertificateFault } from "./certificate";
import { type HostKeyAlgorithm, orderedAlgorithms } from "./host-key-algorithms";
import { type KnownHostsFile, type KnownKey, knownKeys, knownNames } from "./known-hosts";
import { sameKey } from "./public-key";
import type { PublicKey } from "./public-key.types";

/** What known_hosts says of a key. */
export type HostKeyVerdict =
  | { readonly kind: "accepted" }
  | { readonly kind: "revoked" }
  /** Other keys are known under the first name by which it was looked up. */
  | { readonly kind: "changed"; readonly known: readonly KnownKey[] }
  | { readonly kind: "unknown"; readonly elsewhere: readonly KnownKey[] };

/** A verdict on what a server presents, and why a certificate that an authority of known_hosts has signed was not taken. */
export type HostKeyDecision = HostKeyVerdict & { readonly certificateFault?: string };

/**
 * Decides on the keys of one server as OpenSSH does with StrictHostKeyChecking: its functions, step by step.
 *
 * @see https://github.com/openssh/openssh-portable/blob/V_9_2_P1/sshconnect.c check_host_key
 */
export class HostKeyDecisions {
  readonly #host: string;
  /** The lines for each of the server's names. */
  readonly #lines: readonly (readonly KnownKey[])[];

  constructor(files: readonly KnownHostsFile[], host: string, port: number) {
    this.#host = host.toLowerCase();
    this.#lines = knownNames(host, port).map((name) => knownKeys(files, name));
  }

  /** What to offer; only what is known under the first name counts. */
  algorithms(): readonly HostKeyAlgorithm[] {
    const [lines = []] = this.#lines;
    return orderedAlgorithms({
      hasKey: (is) => {
        const first = lines.find(({ marker, key }) => marker === "none" && is(key));
        return first !== undefined && !isRevoked(lines, first.key);
      },
      hasAuthority: lines.some(({ marker }) => marker === "authority"),
    });
  }

  decide(presented: PublicKey, plain: PublicKey, nowSeconds: number): HostKeyDecision {
    return this.#decide(0, presented, plain, nowSeconds);
  }

  /** check_host_key: by one of the names, and by the next one where nothing is known under that. */
  #decide(at: number, presented: PublicKey, plain: PublicKey, now: number): HostKeyDecision {
    const lines = this.#lines[at] ?? [];
    const status = statusOf(lines, presented);
    const fault = status === "ok" ? this.#certificateFault(presented, now) : undefined;
    if (status === "ok" && fault === undefined) return { kind: "accepted" };
    if (status === "revoked") return { kind: "revoked" };
    const next = status === "new" && at + 1 < this.#lines.length ? this.#decide(at + 1, presented, plain, now) : undefined;
    if (next?.kind === "accepted") return next;
    if (presented.certificate !== undefined) {
      // "Downgrade cert to raw key and search normally."
      const asKey = this.#decide(at, plain, plain, now);
      const why = fault ?? next?.certificateFault;
      return asKey.kind === "accepted" || why === undefined ? asKey : { ...asKey, certificateFault: why };
    }
    if (status === "changed") return { kind: "changed", known: lines.filter(({ marker }) => marker === "none") };
    if (next?.kind === "revoked") return next;
    return { kind: "unknown", elsewhere: next?.kind === "changed" ? next.known : [] };
  }

  #certificateFault({ certificate }: PublicKey, now: number): string | undefined {
    return certificate === undefined ? undefined : hostCertificateFault(certificate, this.#host, now);
  }
}

/** check_hostkeys_by_key_or_type of hostfile.c */
function statusOf(lines: readonly KnownKey[], key: PublicKey): "ok" | "changed" | "new" | "revoked" {
  if (isRevoked(lines, key)) return "revoked";
  const { certificate } = key;
  const wanted = lines.filter(({ marker }) => marker === (certificate === undefined ? "none" : "authority"));
  if (certificate !== undefined) return wanted.some((line) => isPlainly(line.key, certificate.authority)) ? "ok" : "new";
  if (wanted.some((line) => sameKey(line.key, key))) return "ok";
  return wanted.length > 0 ? "changed" : "new";
}

/** check_key_not_revoked: a certificate also by its authority, and by the key in it. */
function isRevoked(lines: readonly KnownKey[], { identity, certificate }: PublicKey): boolean {
  const isThis = (key: PublicKey): boolean => key.identity === identity || key.identity === certificate?.authority.identity;
  return lines.some(({ marker, key }) => marker === "revoked" && isThis(key));
}

/** sshkey_equal_public: a certificate counts as the key in it. */
function isPlainly(one: PublicKey, other: PublicKey): boolean {
  return one.identity === other.identity;
}
