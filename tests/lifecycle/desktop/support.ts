import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostPool } from "../../../provider/host/pool";
import { desktopLifecycle } from "../../../provider/lifecycle/machine";
import type { Lifecycle, Properties } from "../../../provider/lifecycle/lifecycle";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import { makeTaco, type TacoOptions } from "../../../simulator";

/** This machine with a home of its own, seen as a Mac or as a Linux container. */
export class Home {
  readonly folder = mkdtempSync(join(tmpdir(), "home ü-"));
  readonly said: string[] = [];
  lifecycle: Lifecycle;
  readonly #before = { HOME: process.env["HOME"], PATH: process.env["PATH"] };

  constructor(system: "Darwin" | "Linux") {
    mkdirSync(join(this.folder, "bin"));
    process.env["HOME"] = this.folder;
    if (system === "Darwin") {
      this.program("uname", "echo Darwin");
      // What macOS does not have must not be used.
      this.program("stat", 'case $1 in -c*) echo "illegal option" >&2; exit 1 ;; esac');
      process.env["PATH"] = `${join(this.folder, "bin")}:${this.#before.PATH ?? ""}`;
    }
    this.lifecycle = this.nextRun();
  }

  /** Another operation of Pulumi, whose program may be another: nothing of it is declared yet. */
  nextRun(): Lifecycle {
    const note = (_urn: string, sentence: string): void => void this.said.push(sentence);
    return (this.lifecycle = desktopLifecycle({
      pool: new HostPool(),
      voice: { say: note, warn: note, progress: note },
      cacheDirectory: join(this.folder, "cache"),
      trust: new TrustCache(join(this.folder, "cache")),
    }));
  }

  program(name: string, text: string): void {
    writeFileSync(join(this.folder, "bin", name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(this.folder, "bin", name), 0o755);
  }

  package(pluginClass: string, pluginVersion: string, options: Partial<TacoOptions> = {}): string {
    const path = join(this.folder, `${pluginClass}.taco`);
    writeFileSync(path, makeTaco({ class: pluginClass, pluginVersion, ...options }));
    return path;
  }

  /** Checked inputs of a resource of that name. */
  async inputs(source: string, rest: Properties = {}, name = "one", olds: Properties = {}): Promise<Properties> {
    const urn = `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/tableau:TableauDesktopConnector::${name}`;
    const { inputs, failures } = await this.lifecycle.check(olds, {
      machine: { name: "anna" },
      source,
      requireSignature: false,
      ...rest,
      __urn: urn,
    });
    if (failures.length > 0) throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return inputs;
  }

  remove(): void {
    for (const [name, value] of Object.entries(this.#before)) process.env[name] = value;
    rmSync(this.folder, { recursive: true });
  }
}
