import { createHmac } from "node:crypto";
import { type HostKey, parseHostKey } from "./host-key";

export interface KnownKey {
  readonly key: HostKey;
  readonly marker: "none" | "revoked";
  /** Whether the line names the host with its port, or only the host. */
  readonly named: "with-port" | "host-only";
}

/**
 * The keys that known_hosts text holds for a server, by sshd(8)'s rules: names and patterns, negation, hashed names,
 * `[host]:port`, `@revoked`. Lines of certificate authorities and what does not parse are passed over, as ssh does.
 *
 * A server on another port is first looked up as `[host]:port`; ssh then also accepts the key known for the bare host.
 * https://man.openbsd.org/sshd#SSH_KNOWN_HOSTS_FILE_FORMAT
 */
export function knownKeys(text: string, host: string, port: number): readonly KnownKey[] {
  const bare = host.toLowerCase();
  const withPort = port === 22 ? bare : `[${bare}]:${port}`;
  return text.split(/\r?\n/).flatMap((line) => knownKey(line.trim(), withPort, bare) ?? []);
}

function knownKey(line: string, withPort: string, bare: string): KnownKey | undefined {
  if (line === "" || line.startsWith("#")) return undefined;
  const marked = /^(@\S+)\s+(.*)$/.exec(line);
  if (marked !== null && marked[1] !== "@revoked") return undefined;
  const [names = "", ...rest] = (marked?.[2] ?? line).split(/\s+/);
  const named = matches(names, withPort) ? "with-port" : matches(names, bare) ? "host-only" : undefined;
  const key = named === undefined ? undefined : parseHostKey(rest.join(" "));
  return named === undefined || key === undefined ? undefined : { key, marker: marked === null ? "none" : "revoked", named };
}

function matches(names: string, name: string): boolean {
  const hashed = /^\|1\|([^|]+)\|([^|]+)$/.exec(names);
  if (hashed !== null)
    return (
      createHmac("sha1", Buffer.from(hashed[1] ?? "", "base64"))
        .update(name)
        .digest("base64") === hashed[2]
    );
  const patterns = names.toLowerCase().split(",");
  const negated = patterns.some((pattern) => pattern.startsWith("!") && matchesPattern(pattern.slice(1), name));
  return !negated && patterns.some((pattern) => matchesPattern(pattern, name));
}

// Not by a regular expression: a pattern of many stars must not take for ever.
function matchesPattern(pattern: string, name: string): boolean {
  let reachable = new Set([0]);
  for (const sign of pattern) reachable = after(sign, reachable, name);
  return reachable.has(name.length);
}

/** The places in `name` that a match can have come to after one more sign of the pattern. */
function after(sign: string, places: ReadonlySet<number>, name: string): Set<number> {
  if (sign === "*") {
    const first = Math.min(...places, name.length + 1);
    return new Set(Array.from({ length: Math.max(0, name.length - first + 1) }, (_, step) => first + step));
  }
  return new Set([...places].filter((place) => place < name.length && (sign === "?" || sign === name[place])).map((place) => place + 1));
}
