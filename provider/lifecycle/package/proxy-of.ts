/** What is read of the environment: each name in small letters, which win, and in capitals. */
const names = ["https_proxy", "all_proxy", "http_proxy"];

/**
 * The proxy for an https address, by the variables of the environment that curl and most programs read; null: none. `HTTP_PROXY` counts
 * where nothing else is set, as in npm.
 *
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function proxyOf(address: URL, environment: Readonly<NodeJS.ProcessEnv>): URL | null {
  const given = names.map((name) => read(environment, name)).find((value) => value !== "");
  if (given === undefined || isExempt(address, read(environment, "no_proxy"))) return null;
  return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`);
}

function read(environment: Readonly<NodeJS.ProcessEnv>, name: string): string {
  return (environment[name] ?? environment[name.toUpperCase()] ?? "").trim();
}

/** An entry is a domain with all below it (a dot before it changes nothing), an address, a block of IPv4 addresses, or `*`; a port may follow. */
function isExempt({ hostname, port }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, bracketed, plain = "", entryPort] = /^(?:\[(.+)\]|([^:]+|[^:]*:.*:[^:]*?))(?::(\d+))?$/.exec(entry) ?? [];
      if (entryPort !== undefined && entryPort !== (port === "" ? "443" : port)) return false;
      const name = (bracketed ?? plain).replace(/^\*?\./, "").replace(/\.$/, "");
      return name !== "" && (name.includes("/") ? isInBlock(host, name) : host === name || (host.endsWith(`.${name}`) && !isAddress(host)));
    });
}

function isAddress(host: string): boolean {
  return host.includes(":") || number(host) !== null;
}

function isInBlock(host: string, block: string): boolean {
  const [network = "", bits = ""] = block.split("/");
  const [address, base] = [number(host), number(network)];
  const width = Number(bits);
  if (address === null || base === null || !Number.isInteger(width) || width < 0 || width > 32) return false;
  const size = 2 ** (32 - width);
  return Math.floor(address / size) === Math.floor(base / size);
}

/** An IPv4 address as a number. */
function number(host: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1).map(Number);
  return parts === undefined || parts.some((part) => part > 255) ? null : parts.reduce((sum, part) => sum * 256 + part, 0);
}
