import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliOutput } from "../../../../provider/cli/command";

/**
 * Folders of a user of this machine, deep enough that a path that climbs ends within: home, cache, a working folder, and one for the
 * files that the user names. Whatever is made outside of the last two and of the cache is seen.
 */
export class Territory {
  readonly base = mkdtempSync(join(tmpdir(), "hostile-node-"));
  readonly home = join(this.base, "1/2/3/4/5/6/7/8/home");
  readonly cache = join(this.home, ".cache/pulumi-tableau");
  readonly given = join(this.home, "given");
  readonly work = join(this.home, "work");
  readonly temporary = join(this.home, "tmp");
  /** What commands print and lifecycles say. */
  printed = "";
  readonly #environment = { ...process.env };
  readonly #cwd = process.cwd();

  constructor() {
    for (const folder of [this.cache, this.given, this.work, this.temporary]) mkdirSync(folder, { recursive: true });
  }

  /** From now on this is where the process finds its folders. */
  enter(): void {
    Object.assign(process.env, { HOME: this.home, XDG_CACHE_HOME: join(this.home, ".cache"), TMPDIR: this.temporary });
    process.chdir(this.work);
  }

  leave(): void {
    for (const name of ["HOME", "XDG_CACHE_HOME", "TMPDIR"]) {
      const before = this.#environment[name];
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
    process.chdir(this.#cwd);
  }

  /** Keeps what a command prints, and what a lifecycle says. */
  get terminal(): CliOutput {
    return { out: (text) => void (this.printed += text), err: (text) => void (this.printed += text) };
  }

  /** Every path outside of the cache and of the files that the user named, with what tells one state of it from another. */
  outside(): string[] {
    const below = (folder: string): string[] =>
      readdirSync(folder).flatMap((name) => {
        const path = join(folder, name);
        if (path === this.cache || path === this.given) return [];
        const stat = lstatSync(path);
        return stat.isDirectory() ? [path, ...below(path)] : [`${path} ${String(stat.size)} ${String(stat.mtimeMs)}`];
      });
    return below(this.base);
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}
