import { isVersion } from "../../vocabulary/version";
import type { Failures } from "./failures";

/** A release of a Tableau product as a program gives it, such as "2024.2"; null where it is unknown, absent or none. */
export function releaseIn(value: unknown): string | null {
  return typeof value === "string" && isVersion(value) && /^\d{4}\.\d/.test(value) ? value : null;
}

/** Looks at a release that a program gives; what is unknown in a preview is passed over. */
export function checkRelease(value: unknown, property: string, failures: Failures): void {
  const text = failures.text(value, property);
  if (text !== undefined && releaseIn(text) === null) {
    failures.add(property, `expected a release such as "2024.2", got ${JSON.stringify(text.slice(0, 60))}`);
  }
}
