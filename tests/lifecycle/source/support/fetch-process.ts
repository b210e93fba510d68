/** Reads one package as the provider does, in the environment that it was started with, and prints its digest, or the error. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashed, type Hashed } from "../../../../provider/lifecycle/package/hashed";
import { download } from "../../../../provider/lifecycle/package/download";
import type { DownloadWaits } from "../../../../provider/lifecycle/package/waits";
import { readPackage } from "../../../../provider/lifecycle/package/package-source";

const [source = "", sha256 = "", kind = "package", waits] = process.argv.slice(2);
const cache = mkdtempSync(join(tmpdir(), "fetch-"));

async function read(): Promise<Hashed> {
  if (waits !== undefined) return hashed(await download(source, "package", JSON.parse(waits) as DownloadWaits));
  return await readPackage(source, sha256, cache, kind === "driver" ? "driver" : "package");
}

void read()
  .then(
    (found) => ({ sha256: found.sha256, size: found.bytes.length }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  )
  .then((outcome) => {
    rmSync(cache, { recursive: true });
    // A connection that was never answered must not keep the process.
    process.stdout.write(JSON.stringify(outcome), () => process.exit());
  });
