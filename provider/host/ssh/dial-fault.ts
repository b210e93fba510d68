import { readSmallFile } from "../read-small-file";
import { DialError } from "./dial-error";
import type { Endpoint } from "../host";

interface SystemError extends Error {
  readonly code?: string;
  /** Of an attempt at several addresses of one name. */
  readonly errors?: readonly SystemError[];
}

type Fault = readonly [what: string, next: string];

const faults: Readonly<Record<string, Fault>> = {
  ECONNREFUSED: ["nothing listens on that port, or a firewall rejects it", "Check host and port, and that the SSH server runs."],
  ECONNRESET: [
    "the connection was reset",
    "See whether a firewall or the server's own limits (MaxStartups, fail2ban, TCP wrappers) cut it, and the server's log.",
  ],
  EPIPE: ["the server closed the connection", "See the server's log."],
  ETIMEDOUT: ["no answer came", "Check that the machine is up, and the firewalls and routes between."],
  EHOSTUNREACH: [
    "there is no route to it, or the machine is down",
    "Check that the machine is up, and the routes, VPN and firewalls between.",
  ],
  ENETUNREACH: ["there is no route to its network", "Check the routes and the VPN of this machine; an IPv6 address needs IPv6 here."],
  EACCES: ["this machine does not allow the connection", "Check this machine's own firewall."],
  EPERM: ["this machine does not allow the connection", "Check this machine's own firewall."],
  EADDRNOTAVAIL: ["this machine has no address or port left for it", "Check this machine's network, and how many connections it holds."],
  EMFILE: ["this machine has no file descriptors left", "Raise `ulimit -n` for this program."],
};

/** What the resolver says of a name that it knows nothing of. An alias reads as either: some name servers answer only for their own names. */
const unknownNames: Readonly<Record<string, (host: string) => Fault>> = {
  ENOTFOUND: (host) => [
    `there is no host of the name ${host} (ENOTFOUND)`,
    "Check the spelling, and that this machine's DNS or /etc/hosts knows the name.",
  ],
  EAI_AGAIN: (host) => [
    `the name server gave no answer for ${host} (EAI_AGAIN)`,
    "Check this machine's DNS (/etc/resolv.conf) and network.",
  ],
};

/** What went wrong below SSH, as an attempt that may be repeated. */
export async function dialFault(error: SystemError, endpoint: Pick<Endpoint, "host">): Promise<DialError> {
  const { code = "" } = error;
  const unknown = unknownNames[code]?.(endpoint.host);
  if (unknown !== undefined) return await nameUnknown(endpoint.host, unknown, error);
  const [what, next] = faults[code] ?? [error.message || "it failed", undefined];
  return new DialError(`${what}${code === "" || what === error.message ? "" : ` (${detail(error, code)})`}`, next, { cause: error });
}

// Of several addresses the first error's text names the address.
function detail(error: SystemError, code: string): string {
  const text = (error.errors ?? [error]).map(({ message }) => message).join("; ");
  return text.includes(code) ? text : code;
}

/** A name that ssh may know all the same: from its configuration, which is not read. */
async function nameUnknown(host: string, [what, next]: Fault, cause: Error): Promise<DialError> {
  const config = await readSmallFile("~/.ssh/config").catch(() => "");
  const block = aliasBlock(config, host);
  if (block === undefined) return new DialError(what, next, { cause });
  const settings = ["HostName", "Port", "User", "IdentityFile", "ProxyJump"].filter((name) => block.has(name.toLowerCase()));
  const hostName = block.get("hostname");
  return new DialError(
    `${what}; ~/.ssh/config has an alias of this name, but that file is not read`,
    `Write what the alias stands for into the connection${settings.length === 0 ? "" : ` (${settings.join(", ")})`}${hostName === undefined ? "" : `: host: ${JSON.stringify(hostName)}`}.`,
    { cause },
  );
}

/** The settings of the first `Host` of ssh's configuration that names the host without a pattern. */
function aliasBlock(config: string, host: string): ReadonlyMap<string, string> | undefined {
  let block: Map<string, string> | undefined;
  for (const line of config.split("\n")) {
    const [keyword = "", ...values] = line.trim().split(/[\s=]+/);
    const name = keyword.toLowerCase();
    if ((name === "host" || name === "match") && block !== undefined) break;
    if (name === "host" && values.includes(host)) block = new Map();
    else if (block !== undefined && !block.has(name)) block.set(name, values.join(" "));
  }
  return block;
}
