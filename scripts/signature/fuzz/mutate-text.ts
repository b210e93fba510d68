import { mutateBytes } from "./mutate-bytes";
import type { Random } from "./random";

const lines = [
  "Name: manifest.xml", "Name: connectionFields.xml", "Name: added.js", "name: ./manifest.xml", "SHA-256-Digest: AAAA", "SHA1-Digest: AAAA", "SHA-256-Digest-Manifest: AAAA",
  "SHA-512-Digest: AAAA", "X: y", " continued", "", "Signature-Version: 1.0", "Signature-Version: 2.0", "Manifest-Version: 1.0", "Multi-Release: true", `X: ${"x".repeat(600)}`,
  "Name: Manifest-Main-Attributes", "MD5-Digest: AAAA", "-Digest: AAAA", "FOO-Digest: AAAA", "Name: META-INF/MANIFEST.MF", "Name: META-INF/VENDOR.SF", "Magic: x", "Name: ",
]; // prettier-ignore

/** Changes the text of a manifest or signature file: lines, ends, folds, cases, or any bytes. */
export function mutateText(text: Buffer, random: Random): Buffer {
  let mutant = text.toString("latin1");
  for (let left = 1 + random.below(3); left > 0; left--) {
    mutant = change(mutant, random);
  }
  return Buffer.from(mutant, "latin1");
}

function change(text: string, random: Random): string {
  const parts = text.split("\r\n");
  const at = random.below(parts.length);
  switch (random.below(11)) {
    case 0:
      parts.splice(at, 0, random.pick(lines));
      return parts.join("\r\n");
    case 1:
      parts.splice(at, 1);
      return parts.join("\r\n");
    case 2:
      parts.splice(at, 0, parts[random.below(parts.length)] ?? "");
      return parts.join("\r\n");
    case 3:
      return parts.slice(0, at).join("\r\n") + random.pick(["\n", "\r", "\r\n\r\n", "\n\n", ""]) + parts.slice(at).join("\r\n");
    case 4:
      parts[at] = random.pick([(line: string) => line.toUpperCase(), (line: string) => line.toLowerCase(), (line: string) => `${line} `, (line: string) => ` ${line}`])(parts[at] ?? "");
      return parts.join("\r\n");
    case 5: {
      const cut = random.below((parts[at] ?? "").length + 1);
      parts[at] = `${(parts[at] ?? "").slice(0, cut)}\r\n ${(parts[at] ?? "").slice(cut)}`;
      return parts.join("\r\n");
    }
    case 6:
      return text.replace(/\r\n/g, random.pick(["\n", "\r", "\r\n"]));
    case 7:
      return text.slice(0, text.length - random.below(6));
    case 8:
      return text + random.pick(["\r\n", "X: y\r\n", "Name: x\r\n\r\n", " ", "\n"]);
    default:
      return mutateBytes(Buffer.from(text, "latin1"), random).toString("latin1");
  }
} // prettier-ignore
