import type { Properties } from "../lifecycle/lifecycle";

/**
 * The plain JSON of properties. The engine's protocol refuses `undefined` after the side effect has happened, and the
 * resource would be lost from the state.
 */
export function toJson(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties)) as Properties;
}
