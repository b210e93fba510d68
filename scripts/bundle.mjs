#!/usr/bin/env node
// Bundles what runs: one file for each way in. `tsc` checks the types and writes the declarations. See docs/decisions/0013-bundles.md.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { runMain } from "./run-main.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pluginFile = "dist/pulumi-resource-tableau.js";
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
  const plugin = await bundlePlugin();
  for (const { path, contents } of [...outputFiles, ...plugin.outputFiles]) replace(path, contents);
  chmodSync(join(root, pluginFile), 0o755);
  return warnings.length + plugin.warnings.length === 0 ? 0 : 1;
}

// The plugin is one file with everything inside, also gRPC and the SDK's messages: it is started by engines of programs in every language.
function bundlePlugin() {
  return build({
    absWorkingDir: root,
    entryPoints: ["provider/plugin/main.ts"],
    outfile: pluginFile,
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20.15",
    // Native parts of ssh2, which goes without them.
    external: ["*.node", "cpu-features"],
    loader: { ".sh": "text" },
    banner: { js: "#!/usr/bin/env node" },
    define: { pluginVersion: JSON.stringify(version) },
    minifyWhitespace: true,
    minifySyntax: true,
  });
}

// What is the same is left alone, and a file is there whole or not at all: tests load these files while another packs them.
function replace(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, contents);
  renameSync(part, path);
}
