import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import yauzl from "yauzl";

/** What the server reads of one package. */
export interface Manifest {
  readonly class: string;
  readonly pluginVersion: string;
  readonly minVersionTableau: string | undefined;
  /** Whether there is a signature file at all. */
  readonly hasSignature: boolean;
}

/**
 * Reads the manifest of a `.taco`, or of a folder with an unpacked connector.
 *
 * @returns undefined if it is no connector. This reader is the simulator's own: a mistake of the provider's reader must
 * not be repeated here.
 */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  if (statSync(path).isDirectory()) {
    const file = join(path, "manifest.xml");
    return existsSync(file) ? parseManifest(readFileSync(file, "utf8"), "none") : undefined;
  }
  const archive = await readArchive(readFileSync(path)).catch(() => undefined);
  if (archive?.manifest === undefined) return undefined;
  return parseManifest(archive.manifest, archive.names.some((name) => /^META-INF\/[^/]+\.SF$/i.test(name)) ? "present" : "none");
}

function parseManifest(xml: string, signature: "present" | "none"): Manifest | undefined {
  const start = xml.search(/<connector-plugin\s/);
  const root = start < 0 ? "" : xml.slice(start, xml.indexOf(">", start) + 1);
  const pluginClass = attribute(root, "class");
  const pluginVersion = attribute(root, "plugin-version");
  if (pluginClass === undefined || pluginVersion === undefined) return undefined;
  return {
    class: pluginClass,
    pluginVersion,
    minVersionTableau: attribute(root, "min-version-tableau"),
    hasSignature: signature === "present",
  };
}

function attribute(tag: string, name: string): string | undefined {
  const match = [...tag.matchAll(/\s([\w-]+)\s*=\s*(?:'([^']*)'|"([^"]*)")/g)].find(([, found]) => found === name);
  return match?.[2] ?? match?.[3];
}

interface Archive {
  readonly names: readonly string[];
  readonly manifest: string | undefined;
}

function readArchive(bytes: Buffer): Promise<Archive> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const names: string[] = [];
      let manifest: string | undefined;
      zip.on("error", reject);
      zip.on("end", () => resolve({ names, manifest }));
      zip.on("entry", (entry: yauzl.Entry) => {
        names.push(entry.fileName);
        if (entry.fileName !== "manifest.xml") return zip.readEntry();
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on("error", reject);
          stream.on("data", (chunk: Buffer) => chunks.push(chunk));
          stream.on("end", () => {
            manifest = Buffer.concat(chunks).toString("utf8");
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}
