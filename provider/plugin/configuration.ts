import { isObject } from "../vocabulary/is-object";
import { TableauError } from "../vocabulary/error";
import type { CheckFailure, Properties } from "../lifecycle/lifecycle";
import { isUnknown } from "../schema/unknown";

/** The provider's own configuration: `tableau:servers`, servers by a name that programs use, and `tableau:refresh`. */
export class Configuration {
  readonly #servers: Properties;
  /** Whether plain `pulumi preview` and `pulumi up` look at the nodes first. */
  readonly refresh: "before each update" | "when asked";

  /** "state": in this one run nothing is looked at that would be looked at first, as after a node or a key was changed. */
  readonly startsFrom: "state" | "nodes";

  constructor(args: Properties, environment: Readonly<Record<string, string | undefined>> = {}) {
    this.startsFrom = environment["PULUMI_TABLEAU_REFRESH"] === "false" ? "state" : "nodes";
    const servers = decoded(args["servers"]);
    this.#servers = isObject(servers) ? servers : {};
    this.refresh = decoded(args["refresh"]) === false ? "when asked" : "before each update";
  }

  /** What is wrong with these values, before any resource is looked at. */
  static failures(args: Properties): CheckFailure[] {
    const failures: CheckFailure[] = [];
    const servers = decoded(args["servers"]);
    if (servers !== undefined && !isUnknown(servers) && !isObject(servers)) {
      failures.push({ property: "servers", reason: `expected a map of names to servers, as { "prod": { "nodes": [ … ] } }` });
    }
    if (isObject(servers)) {
      for (const [name, server] of Object.entries(servers)) {
        if (!isObject(server) && !isUnknown(server)) {
          failures.push({ property: `servers.${name}`, reason: "expected a server, as { nodes }" });
        }
      }
    }
    const refresh = decoded(args["refresh"]);
    if (refresh !== undefined && !isUnknown(refresh) && typeof refresh !== "boolean") {
      failures.push({ property: "refresh", reason: "expected true or false" });
    }
    return failures;
  }

  get serverNames(): readonly string[] {
    return Object.keys(this.#servers);
  }

  /** @throws TableauError argument-invalid where no server has this name. */
  server(name: string): Properties {
    const server = Object.hasOwn(this.#servers, name) ? this.#servers[name] : undefined;
    if (isObject(server)) return { name, ...server };
    const names = this.serverNames.map((one) => JSON.stringify(one)).join(", ");
    throw new TableauError("argument-invalid", {
      message: `The server ${JSON.stringify(name)} is not among the servers of the provider's configuration${names === "" ? ", which has none" : `: ${names}`}.`,
      next: `Add it with \`pulumi config set --secret tableau:servers\`, or describe the server in the program as { name, nodes }.`,
    });
  }
}

// The engine hands nested configuration over as text: https://www.pulumi.com/docs/iac/concepts/config/
function decoded(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (typeof value !== "string" || isUnknown(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
