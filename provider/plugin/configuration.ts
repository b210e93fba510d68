import { isObject } from "../vocabulary/is-object";
import { TableauError } from "../vocabulary/error";
import type { CheckFailure, Properties } from "../lifecycle/lifecycle";
import { isUnknown } from "../schema/unknown";
import { readServersFile } from "../lifecycle/server/servers-file";

/** The provider's own configuration: `tableau:servers`, servers by a name that programs use, or a file of them, and `tableau:refresh`. */
export class Configuration {
  readonly #given: Properties;
  #found: Properties | undefined;
  /** Whether plain `pulumi preview` and `pulumi up` look at the nodes first. */
  readonly refresh: "before each update" | "when asked";

  /** "state": in this one run nothing is looked at that would be looked at first, as after a node or a key was changed. */
  readonly startsFrom: "state" | "nodes";

  constructor(args: Properties, environment: Readonly<Record<string, string | undefined>> = {}) {
    this.startsFrom = environment["PULUMI_TABLEAU_REFRESH"] === "false" ? "state" : "nodes";
    this.#given = args;
    this.refresh = decoded(args["refresh"]) === false ? "when asked" : "before each update";
  }

  /** What is wrong with these values, before any resource is looked at. */
  static failures(args: Properties): CheckFailure[] {
    const failures: CheckFailure[] = [];
    const given = serversOf(args);
    if ("reason" in given) failures.push({ property: given.property, reason: given.reason });
    else {
      for (const [name, server] of Object.entries(given.servers)) {
        if (!isObject(server) && !isUnknown(server)) {
          failures.push({ property: `${given.property}.${name}`, reason: "expected a server, as { nodes }" });
        }
      }
    }
    const refresh = decoded(args["refresh"]);
    if (refresh !== undefined && !isUnknown(refresh) && typeof refresh !== "boolean") {
      failures.push({ property: "refresh", reason: "expected true or false" });
    }
    return failures;
  }

  /** @throws TableauError argument-invalid where a file of servers cannot be read. */
  get serverNames(): readonly string[] {
    return Object.keys(this.#servers);
  }

  /** @throws TableauError argument-invalid where no server has this name. */
  server(name: string): Properties {
    const servers = this.#servers;
    const server = Object.hasOwn(servers, name) ? servers[name] : undefined;
    if (isObject(server)) return { name, ...server };
    const names = this.serverNames.map((one) => JSON.stringify(one)).join(", ");
    throw new TableauError("argument-invalid", {
      message: `The server ${JSON.stringify(name)} is not among the servers of the provider's configuration${names === "" ? ", which has none" : `: ${names}`}.`,
      next: `Add it to the file that \`pulumi config set tableau:serversPath\` names, or with \`pulumi config set --secret tableau:servers\`, or describe the server in the program as { name, nodes }.`,
    });
  }

  // A file is read when a server is first asked for: programs that describe theirs need none.
  get #servers(): Properties {
    if (this.#found !== undefined) return this.#found;
    const given = serversOf(this.#given);
    if ("reason" in given && given.property === "serversPath") {
      throw new TableauError("argument-invalid", {
        message: `There are no servers in the provider's configuration: tableau:serversPath: ${given.reason}.`,
        next: "Put the file there, or set another path with `pulumi config set tableau:serversPath`.",
      });
    }
    this.#found = "servers" in given ? given.servers : {};
    return this.#found;
  }
}

type Given = { readonly property: "servers" | "serversPath" } & ({ readonly servers: Properties } | { readonly reason: string });

const shape = `a map of names to servers, as { "prod": { "nodes": [ … ] } }`;

// No reason has anything of the text: its parser's message would quote what may be a password.
function serversOf(args: Properties): Given {
  const property = "servers";
  const servers = decoded(args["servers"]);
  const path = args["serversPath"];
  if (isUnknown(servers) || isUnknown(path)) return { property, servers: {} };
  if (typeof path === "string" && path !== "") {
    if (servers !== undefined) return { property: "serversPath", reason: "servers are given too; expected one of the two" };
    const file = readServersFile(path);
    if ("reason" in file) return { property: "serversPath", reason: file.reason };
    const found = decoded(file.text);
    return isObject(found)
      ? { property: "serversPath", servers: found }
      : { property: "serversPath", reason: `expected ${path} to hold ${shape}` };
  }
  if (servers === undefined) return { property, servers: {} };
  return isObject(servers) ? { property, servers } : { property, reason: `expected ${shape}` };
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
