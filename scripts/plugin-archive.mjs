#!/usr/bin/env node
// Packs the plugin as the engine installs it: `pulumi plugin install resource tableau X.Y.Z --file ARCHIVE`, or by itself from a release. The
// content is the same for all systems, one file of JavaScript and what starts it with the user's Node.js; the names are what the engine asks for.
//
//   node scripts/plugin-archive.mjs FOLDER
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { root } from "./pack.mjs";
import { runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const starters = ["pulumi-resource-tableau", "pulumi-resource-tableau.cmd"];
const program = "pulumi-resource-tableau.js";

await runMain(async () => {
  const target = resolve(process.argv[2] ?? join(root, "dist", "plugins"));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "plugin-archive-"));
  try {
    mkdirSync(target, { recursive: true });
    for (const starter of starters) copyFileSync(join(root, "plugin", starter), join(folder, starter));
    copyFileSync(join(root, "dist", program), join(folder, program));
    copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
    chmodSync(join(folder, "pulumi-resource-tableau"), 0o755);
    const packed = join(folder, "packed.tar.gz");
    await runOrThrow("tar", ["-czf", packed, "-C", folder, ...starters, program, "LICENSE"]);
    for (const system of ["linux", "darwin", "windows"]) {
      for (const processor of ["amd64", "arm64"]) {
        const archive = join(target, `pulumi-resource-tableau-v${version}-${system}-${processor}.tar.gz`);
        copyFileSync(packed, archive);
        console.log(archive);
      }
    }
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});
