import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compiler } from "./missing-programs";

/** A Windows of its own in wine, in a folder that goes with it. */
export class Wine {
  readonly folder = mkdtempSync(join(tmpdir(), "wine-"));

  /** Compiles a C program and gives its path as Windows has it. */
  compile(source: string, name: string): string {
    const program = join(this.folder, `${name}.exe`);
    execFileSync(compiler, ["-O1", "-municode", "-o", program, source], { stdio: ["ignore", "ignore", "inherit"] });
    return this.windowsPath(program);
  }

  /** Runs a program to its end and gives what it prints. */
  run(program: string, args: readonly string[]): Buffer {
    return execFileSync("wine", [program, ...args], { env: this.#environment(), stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });
  }

  /** A path of this machine as wine shows it to programs: below drive Z. */
  windowsPath(path: string): string {
    return `Z:${path.replaceAll("/", "\\")}`;
  }

  /** Ends every process of it. */
  stop(): void {
    spawnSync("wineserver", ["--kill", "--wait"], { env: this.#environment() });
    rmSync(this.folder, { recursive: true, force: true });
  }

  // Without a display, without .NET and a browser, which a new prefix would offer to install.
  #environment(): NodeJS.ProcessEnv {
    const prefix = join(this.folder, "prefix");
    mkdirSync(prefix, { recursive: true });
    const { PATH, HOME } = process.env;
    return { PATH, HOME, WINEPREFIX: prefix, WINEARCH: "win64", WINEDEBUG: "-all", WINEDLLOVERRIDES: "mscoree,mshtml=" };
  }
}
