import { isIPv6 } from "node:net";

/**
 * What stands where a host belongs, without white space around it and brackets around an IPv6 address.
 *
 * @returns the host, or why it cannot be one.
 */
export function hostAddress(given: string): { readonly host: string } | { readonly fault: string } {
  const text = given.trim();
  const host = /^\[([^\]]*)\]$/.exec(text)?.[1] ?? text;
  // A name is not worth the expression for IPv6, which Node.js compiles at its first use, in milliseconds.
  if (host.includes(":") && isIPv6(host)) return { host };
  return faultOf(host, given) ?? { host };
}

function faultOf(host: string, given: string): { readonly fault: string } | undefined {
  const quoted = JSON.stringify(given);
  if (host === "") return { fault: "expected a host name or address, got an empty text" };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host)) {
    return { fault: `expected a host name or address, got the address of a page or service: ${quoted}` };
  }
  const at = host.lastIndexOf("@");
  if (at >= 0) {
    return {
      fault: `expected a host name or address, got one with a user name: ${quoted}; write user: ${JSON.stringify(host.slice(0, at))} and host: ${JSON.stringify(host.slice(at + 1))}`,
    };
  }
  const [, name, port] = /^(?:\[([0-9a-f:.%]+)\]|[^:]*):(\d{1,5})$/i.exec(host) ?? [];
  if (port !== undefined) {
    return {
      fault: `expected a host name or address, got one with a port: ${quoted}; write host: ${JSON.stringify(name ?? host.slice(0, host.indexOf(":")))} and port: ${port}`,
    };
  }
  return /[\s/\\[\]:,;"'<>|]/.test(host) ? { fault: `expected a host name or address, got ${quoted}` } : undefined;
}
