import { connectPluginsPathKey, disableVerifyKey, type KeyName } from "../vocabulary/keys";
import { trimEnd } from "../vocabulary/trim-end";
import { namespaces } from "./namespaces";

/** The parts of a line between blanks, quotes, brackets and separators, without marks at either end. */
export function tokensOf(text: string): readonly string[] {
  return text
    .split(/[\s"'`´‘’“”«»,;:|!?{}[\]()<>=→│┃║]+/)
    .map((token) => trimEnd(token.replace(/^[-*+•.#–—]+/, ""), "-*+.–—"))
    .filter((token) => token !== "");
}

export function isOurKey(token: string): token is KeyName {
  return token === connectPluginsPathKey || token === disableVerifyKey;
}

/** Whether a token looks like a configuration key: parts joined by dots, the first one beginning with a letter. */
export function isKeyLike(token: string): boolean {
  return /^[A-Za-z_][\w-]*(?:\.[\w-]+)+$/.test(token);
}

/**
 * Whether a token may be printed as the name of a key: it begins as Tableau's keys do, and is made of words, as they are.
 * A secret that looks like this is not expected to exist.
 */
export function isPrintableKey(token: string): boolean {
  const [namespace = ""] = token.split(".");
  return token.length <= 100 && keyShape.test(token) && namespaces.has(namespace.toLowerCase().replace(/\d{1,2}$/, ""));
}

const keyShape = /^[A-Za-z][A-Za-z_]*\d{0,2}(?:\.[A-Za-z][A-Za-z_-]*\d{0,2}){1,8}$/;
