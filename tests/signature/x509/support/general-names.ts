import type { GeneralName } from "../../../../provider/signature/x509/general-name";

export const dns = (value: string): GeneralName => ({ kind: "dns", value });
export const email = (value: string): GeneralName => ({ kind: "email", value });
export const oidName = (value: string): GeneralName => ({ kind: "oid", value });
export const uri = (host: string | undefined, named = true): GeneralName => ({ kind: "uri", value: `x://${host ?? ""}`, host, named });
/** An address, or a network with its mask, in hexadecimal. */
export const ip = (hex: string): GeneralName => ({ kind: "ip", value: Buffer.from(hex, "hex") });
/** Its parts in the order of a certificate: the most general first. */
export const directory = (...parts: readonly string[]): GeneralName => ({
  kind: "directory",
  name: { canonical: parts.join(","), parts, text: "", attributes: [] },
});
export const otherName: GeneralName = { kind: "other" };
