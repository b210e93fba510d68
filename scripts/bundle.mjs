#!/usr/bin/env node
// Bundles what runs: one file for each way in. `tsc` checks the types and writes the declarations. See docs/decisions/0013-bundles.md.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { runMain } from "./run-main.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
await runMain(bundle);

async function bundle() {
  const { outputFiles, warnings } = await build({
    absWorkingDir: root,
    entryPoints: {
      index: "provider/index.ts",
      provider: "provider/runtime.ts",
      main: "provider/cli/main.ts",
      simulator: "simulator/index.ts",
    },
    outdir: "dist",
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20.15",
    packages: "external",
    // Shell scripts are sent as they are.
    loader: { ".sh": "text" },
    // A program of its own, started by its path: it lies beside the file that starts it.
    external: ["./main"],
  });
  for (const { path, contents } of outputFiles) replace(path, contents);
  return warnings.length === 0 ? 0 : 1;
}

// What is the same is left alone, and a file is there whole or not at all: tests load these files while another packs them.
function replace(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, contents);
  renameSync(part, path);
}
