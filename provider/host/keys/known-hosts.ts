import { createHmac } from "node:crypto";
import { keyType, readPublicKey } from "./public-key";
import type { PublicKey } from "./public-key.types";
import { MalformedBytes } from "./wire";

export interface KnownHostsFile {
  readonly path: string;
  /** Its bytes, one character each ("latin1"). */
  readonly text: string;
}

/** A line of known_hosts that speaks of a host. */
export interface KnownKey {
  readonly key: PublicKey;
  readonly marker: "none" | "revoked" | "authority";
  /** "FILE:LINE". */
  readonly place: string;
}

/**
 * The lines for a host, by the rules of OpenSSH's hostfile.c, its oddities included: what it passes over is passed over here.
 * `name` is what put_host_port makes of a host: see {@link knownNames}.
 *
 * @see https://github.com/openssh/openssh-portable/blob/V_9_2_P1/hostfile.c hostkeys_foreach_file
 */
export function knownKeys(files: readonly KnownHostsFile[], name: string): readonly KnownKey[] {
  const wanted = lowerCase(Buffer.from(name, "utf8").toString("latin1"));
  return files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => knownKey(line, wanted, `${path}:${String(index + 1)}`) ?? []),
  );
}

/** The names under which a server is looked up: the second one only if nothing is known of the first. */
export function knownNames(host: string, port: number): readonly [string, ...string[]] {
  return port === 22 ? [host] : [`[${host}]:${String(port)}`, host];
}

function knownKey(whole: string, wanted: string, place: string): KnownKey | undefined {
  // A line of C ends at its first NUL. Only blanks and tabs are white space, so a CR is a part of the last word.
  const line = skipBlanks(whole.split("\0", 1)[0] ?? "");
  if (line === "" || line.startsWith("#")) return undefined;
  const marked = marker(line);
  if (marked === undefined) return undefined;
  const [names, rest] = firstWord(marked.rest);
  if (rest === undefined || !matchesNames(names, wanted)) return undefined;
  const key = rest === "" || rest.startsWith("#") ? undefined : keyOfLine(rest);
  return key === undefined ? undefined : { key, marker: marked.kind, place };
}

const markers: Readonly<Record<string, KnownKey["marker"]>> = { "@cert-authority": "authority", "@revoked": "revoked" };

/** Undefined: the line is passed over. */
function marker(line: string): { readonly kind: KnownKey["marker"]; readonly rest: string } | undefined {
  if (!line.startsWith("@")) return { kind: "none", rest: line };
  // The first blank, and a tab only where the line has none.
  const end = line.includes(" ") ? line.indexOf(" ") : line.indexOf("\t");
  const kind = end < 0 ? undefined : markers[line.slice(0, end)];
  const rest = skipBlanks(line.slice(end));
  return kind === undefined || rest.startsWith("@") ? undefined : { kind, rest };
}

/** The key that stands in a line after its names; undefined: none that OpenSSH would read. */
export function keyOfLine(text: string): PublicKey | undefined {
  const [typeName, rest] = firstWord(text);
  const type = keyType(typeName);
  if (type === undefined || rest === undefined || rest === "") return undefined;
  const bytes = strictBase64(firstWord(rest)[0]);
  if (bytes === undefined) return undefined;
  try {
    const key = readPublicKey(bytes);
    const alike = key.family === type.family && (key.certificate !== undefined) === (type.certificate === "yes");
    return alike && (type.family !== "ecdsa" || key.curve === type.curve) ? key : undefined;
  } catch (error) {
    if (error instanceof MalformedBytes) return undefined;
    throw error;
  }
}

/** Undefined as rest: nothing comes after the word, not even a blank. */
function firstWord(text: string): readonly [string, string | undefined] {
  const end = /[ \t]/.exec(text)?.index;
  return end === undefined ? [text, undefined] : [text.slice(0, end), skipBlanks(text.slice(end))];
}

function skipBlanks(text: string): string {
  let at = 0;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return text.slice(at);
}

// Not by JavaScript's rules for letters: OpenSSH lowers the 26 of ASCII.
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function matchesNames(names: string, wanted: string): boolean {
  return names.startsWith("|") ? matchesHash(names, wanted) : matchesPatterns(names, wanted);
}

// The whole word is compared: what does not decode and encode to itself matches nothing.
function matchesHash(names: string, wanted: string): boolean {
  const salt = /^\|1\|([^|]{1,1024})\|/.exec(names)?.[1];
  const bytes = salt === undefined ? undefined : strictBase64(salt);
  if (bytes?.length !== 20) return false;
  const digest = createHmac("sha1", bytes).update(Buffer.from(wanted, "latin1")).digest("base64");
  return names === `|1|${bytes.toString("base64")}|${digest}`;
}

// match.c, match_pattern_list: a name longer than its buffer ends the list, and nothing in it counts then.
const longestPattern = 1022;

function matchesPatterns(names: string, wanted: string): boolean {
  let positive = false;
  const patterns = lowerCase(names).split(",");
  // A comma at the end begins no further name.
  if (patterns.at(-1) === "") patterns.pop();
  for (const each of patterns) {
    const pattern = each.startsWith("!") ? each.slice(1) : each;
    if (pattern.length > longestPattern) return false;
    if (!matchesPattern(pattern, wanted)) continue;
    if (pattern !== each) return false;
    positive = true;
  }
  return positive;
}

/** By the places in `text` that a match can have come to, so that a pattern of many stars takes no longer than any other. */
function matchesPattern(pattern: string, text: string): boolean {
  let places = new Uint8Array(text.length + 1);
  places[0] = 1;
  for (const sign of pattern) {
    const next = new Uint8Array(text.length + 1);
    let reached = 0;
    for (let at = 0; at <= text.length; at += 1) {
      if (sign === "*") next[at] = reached |= places[at] ?? 0;
      else if (at > 0 && (sign === "?" || sign === text[at - 1])) next[at] = places[at - 1] ?? 0;
    }
    places = next;
  }
  return places[text.length] === 1;
}

/** Base64 as the resolver library's b64_pton reads it: white space anywhere, padding complete, no bits left over. */
function strictBase64(text: string): Buffer | undefined {
  const packed = text.replace(/[ \t\n\v\f\r]/g, "");
  const body = packed.endsWith("==") ? packed.slice(0, -2) : packed.endsWith("=") ? packed.slice(0, -1) : packed;
  if (packed.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(body)) return undefined;
  const bytes = Buffer.from(body, "base64");
  return bytes.toString("base64") === packed ? bytes : undefined;
}
