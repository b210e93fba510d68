import { basename } from "node:path";
import { printableLine } from "../../vocabulary/printable";
import type { Failures } from "../../schema/failures";
import type { Drafts } from "../../schema/field";
import type { packageArguments } from "../../schema/package";
import { isHttps } from "../package/is-https";

/** The arguments that name a file, of a package or of a driver, while they are checked. */
export type SourceDraft = Pick<Drafts<typeof packageArguments>, "source" | "sha256" | "fileName">;

/** Looks at what `source` and its pin `sha256` are together. */
export function checkSource({ source, sha256 }: SourceDraft, failures: Failures): void {
  if (source === undefined) return;
  if (/^[a-z]+:\/\//i.test(source) && !isHttps(source)) failures.add("source", "expected a path or an https: address");
  if (!isHttps(source)) return;
  if (!URL.canParse(source)) failures.add("source", "expected an https: address that can be parsed");
  if (sha256 === undefined && !failures.has("sha256")) {
    failures.add("sha256", "is missing: a package fetched over https needs the digest that pins it");
  }
}

/** The name that something goes live under where the program gives none: the source's own. */
export function defaultFileName(source: string): string {
  if (!isHttps(source)) return basename(source);
  const path = URL.canParse(source) ? basename(new URL(source).pathname) : "";
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What no file name may be, whatever it names. */
export function checkPlainName(fileName: string, failures: Failures): void {
  const got = `got ${JSON.stringify(fileName)}`;
  if (fileName.includes("/")) failures.add("fileName", `expected a name without folders, ${got}`);
  if (fileName.startsWith(".")) failures.add("fileName", `expected a name that does not begin with a dot, ${got}`);
  // Such a name could not be told from what is shown in its place.
  if (printableLine(fileName) !== fileName) {
    failures.add("fileName", `expected a name without control characters and others that cannot be seen, ${got}`);
  }
  if (Buffer.byteLength(fileName) > 255) failures.add("fileName", "expected at most 255 bytes, as file systems allow");
}
