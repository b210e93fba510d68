const folder = "META-INF/";

/**
 * Size up to which manifest, signature files and blocks are read. Java reads 16,000,000 bytes (jdk.jar.maxSignatureFileSize), but a
 * package of the most entries that we read has a manifest of at most half of that.
 */
export const maxSignatureFileSize = 8_000_000;

/** `META-INF/MANIFEST.MF` in any case of ASCII letters (a dotless i is none). */
export function isManifest(name: string): boolean {
  return /^META-INF\/MANIFEST\.MF$/i.test(name);
}

/** Below META-INF at any depth, with the extension of a signature file or block in any case: what Java's JarFile looks at. */
export function isSignatureFileOrBlock(name: string): boolean {
  return /^META-INF\/[^]*\.(SF|DSA|RSA|EC)$/i.test(name);
}

/** The extension as jarsigner looks at it: anywhere, and in upper case only. */
export function hasSignatureExtension(name: string): boolean {
  return /\.(SF|DSA|RSA|EC)$/.test(name);
}

/** Directly in META-INF: manifest, signature files, blocks and SIG-*. Entries of that kind need no signature. */
export function isSignatureRelated(name: string): boolean {
  const upper = name.toUpperCase();
  if (!upper.startsWith(folder)) {
    return false;
  }
  const rest = upper.slice(folder.length);
  if (rest.includes("/")) {
    return false;
  }
  return rest === "MANIFEST.MF" || /\.(SF|DSA|RSA|EC)$/.test(rest) || /^SIG-([^.]*|[^]*\.[A-Z0-9]{1,3})$/.test(rest);
}

export function isDirectory(name: string): boolean {
  return name.endsWith("/");
}

/** A signature file or block without its extension, in upper case: what belongs together has the same. */
export function signatureBase(name: string): string {
  return name.slice(0, name.lastIndexOf(".")).toUpperCase();
}

/** The name under which an entry is looked up among the signed ones. */
export function canonicalName(name: string): string {
  const relative = name.startsWith("./") ? name.slice(2) : name;
  return relative.startsWith("/") ? relative.slice(1) : relative;
}
