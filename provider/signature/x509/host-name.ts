import { isIP } from "node:net";

const longestName = 253;
const longestLabel = 63;

/** A host name by the rules of Java's DNSName(String): labels of letters, digits and hyphens, none of them empty (RFC 1123, 2.1). */
export function isHostName(text: string): boolean {
  return text.length <= longestName && text.split(".").every(isLabel);
}

function isLabel(label: string): boolean {
  return label.length <= longestLabel && /^[A-Za-z0-9-]+$/.test(label) && !label.startsWith("-") && !label.endsWith("-");
}

/** An address of IPv4 in its usual form, with four numbers. */
export function isIpv4(text: string): boolean {
  return isIP(text) === 4;
}

/** Without a zone, which java.net.URI and InetAddress treat each in its own way. */
export function isPlainIpv6(text: string): boolean {
  return isIP(text) === 6 && !text.includes("%");
}
