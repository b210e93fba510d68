import { homedir } from "node:os";
import { join } from "node:path";

/** The user's cache: packages fetched over https, copies of trust stores. */
export function cacheDirectory(): string {
  const { PULUMI_TABLEAU_CACHE: own, XDG_CACHE_HOME: users = join(homedir(), ".cache") } = process.env;
  return own ?? join(users, "pulumi-tableau");
}
