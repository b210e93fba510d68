import { basename, resolve } from "node:path";
import { TableauError } from "../../vocabulary/error";
import { firstReleaseThatVerifies, firstReleaseWithConnectors, firstReleaseWithSharedDirectory } from "../../plan/placement/releases";
import { isFolderName } from "../../plan/compare/wanted-files";
import { readManifest, type Manifest } from "../../taco";
import { isAtLeast } from "../../vocabulary/version";
import { checkPlainName } from "../delivery/check-source";
import { readFolder, type SourceFolder } from "../package/folder-source";
import type { Failures } from "../../schema/failures";
import { isUnknown } from "../../schema/unknown";
import type { Services } from "../services";
import type { Audience } from "./audience";
import type { CheckedPackage, PackageDraft } from "./check-package";
import { checkWindowsNames } from "./check-windows-names";

/** Reads the folder of a connector under development, and refuses what a server would not load. No host is touched. */
export async function checkFolder(
  services: Services,
  draft: PackageDraft & { readonly source: string },
  audience: Audience,
  failures: Failures,
): Promise<CheckedPackage> {
  const { fileName = basename(resolve(draft.source)) } = draft;
  checkPlainName(fileName, failures);
  if (!isFolderName(fileName)) {
    failures.add(
      "fileName",
      `expected a name that does not end in .taco, .jar or .zip, since the source is a folder, got ${JSON.stringify(fileName)}`,
    );
  }
  checkServerFor(draft, audience, failures);
  const found = await read(draft, failures);
  if (found === null) return { kind: "unusable" };
  const { folder, manifest } = found;
  checkManifest(manifest, folder, audience, failures);
  if (isForWindows(draft)) checkWindowsNames(folder, failures);
  if (failures.list.length === 0) {
    services.voice.warn(draft.urn, `The folder ${fileName} is not signed: it loads only while the server verifies no signatures.`);
  }
  return {
    kind: "usable",
    computed: {
      sha256: folder.sha256,
      fileName,
      pluginClass: manifest.pluginClass,
      pluginVersion: manifest.pluginVersion,
      minVersionTableau: manifest.minVersionTableau ?? firstReleaseWithConnectors,
      signature: { status: "unsigned", signers: [] },
    },
    sha256: folder.sha256,
    openQuestion: "",
  };
}

async function read(
  { source, sha256 }: PackageDraft & { readonly source: string },
  failures: Failures,
): Promise<{ folder: SourceFolder; manifest: Manifest } | null> {
  try {
    const folder = await readFolder(source, sha256);
    const xml = folder.files.find(({ path }) => path === "manifest.xml");
    if (xml !== undefined) return { folder, manifest: readManifest(xml.bytes.toString("utf8")) };
    failures.add("source", "is a folder without manifest.xml: no connector");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isPin = error instanceof TableauError && error.code === "digest-mismatch";
    failures.add(
      isPin ? "sha256" : "source",
      error instanceof TableauError ? error.message : `its manifest.xml cannot be used: ${error.message}`,
    );
  }
  return null;
}

function checkServerFor({ server, requireSignature }: PackageDraft, { givenRelease }: Audience, failures: Failures): void {
  const { placement, connectorsDirectory } = server === undefined || isUnknown(server) ? {} : server;
  const verifies = givenRelease === null || isAtLeast(givenRelease, firstReleaseThatVerifies);
  if (verifies && requireSignature !== false && !isUnknown(requireSignature)) {
    failures.add(
      "requireSignature",
      "expected false: a folder has no signature, so it loads only on a server with disableVerifyConnectorPluginSignature: true",
    );
  }
  const isShared = placement === undefined && connectorsDirectory === undefined && givenRelease !== null;
  if (placement === "shared" || placement === "perProcess" || (isShared && isAtLeast(givenRelease, firstReleaseWithSharedDirectory))) {
    failures.add("server.placement", `expected "path": unpacked connectors are read only in the folder that the server's path key names`);
  }
}

function isForWindows({ server }: PackageDraft): boolean {
  return server !== undefined && !isUnknown(server) && server.platform === "windows";
}

function checkManifest(manifest: Manifest, { files }: SourceFolder, { givenRelease }: Audience, failures: Failures): void {
  const held = new Set(files.map(({ path }) => path));
  const missing = manifest.files.filter((file) => !held.has(file));
  if (missing.length > 0) failures.add("source", `its manifest names files that it does not hold: ${missing.join(", ")}`);
  if (givenRelease === null) return;
  const least = manifest.minVersionTableau ?? firstReleaseWithConnectors;
  if (!isAtLeast(givenRelease, least)) {
    failures.add("source", `needs Tableau ${least}; the server is ${givenRelease} and would not load it`);
  }
}
