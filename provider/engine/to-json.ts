import type { Properties } from "../lifecycle/lifecycle";

/**
 * The plain JSON of properties. The engine's protocol refuses `undefined` after the side effect has happened, and the
 * resource would be lost from the state; the same goes for text that is no UTF-8, such as a file name of a node.
 */
export function toJson(properties: Properties): Properties {
  // JSON.stringify writes halves of characters as escapes, and nothing else as one that begins so.
  const json = JSON.stringify(properties).replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (escape) => (escape === "\\\\" ? escape : `\\${escape}`));
  return JSON.parse(json) as Properties;
}
