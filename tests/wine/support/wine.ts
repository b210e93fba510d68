import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
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
    const printed = join(this.folder, "printed");
    const errors = join(this.folder, "errors");
    // Into files: the Windows Node in wine 8 sometimes loses what it writes into a pipe of ours. And to their ends: under load one
    // program of many wrote over what the one before it had printed.
    for (const file of [printed, errors]) rmSync(file, { force: true });
    const [out, err] = [openSync(printed, "a"), openSync(errors, "a")];
    const { status } = spawnSync("wine", [program, ...args], { env: this.#environment(), stdio: ["ignore", out, err] });
    for (const file of [out, err]) closeSync(file);
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${readFileSync(errors, "utf8")}`);
    return readFileSync(printed);
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

  // The locale, since file names of other letters cannot be made in wine where this machine has none. Without a display, without .NET and a browser, which a new prefix would offer to install.
  #environment(): NodeJS.ProcessEnv {
    const prefix = join(this.folder, "prefix");
    mkdirSync(prefix, { recursive: true });
    const { PATH, HOME } = process.env;
    return { PATH, HOME, LC_ALL: "C.UTF-8", WINEPREFIX: prefix, WINEARCH: "win64", WINEDEBUG: "-all", WINEDLLOVERRIDES: "mscoree,mshtml=" };
  }
}
