import { loadingProcesses } from "../connectors/folders";
import type { Switches } from "../switches";
import type { OpenFile, OpenMode } from "./files/open-files";
import type { WindowsFiles } from "./files/windows-files";
import type { ServerProcess } from "./machine";

export interface ServerProcessesOptions {
  readonly files: WindowsFiles;
  readonly release: () => string;
  /** Folder of the programs. */
  readonly programs: () => string;
  readonly now: () => Date;
}

const modes: Readonly<Record<Exclude<Switches["openPackages"], "closed">, OpenMode>> = {
  locked: { access: ["read"], share: ["read"] },
  renamable: { access: ["read"], share: ["read", "delete"] },
};

/** The processes that a running server has on a Windows node. They are names and numbers only: nothing runs. */
export class ServerProcesses {
  readonly #options: ServerProcessesOptions;
  readonly #running = new Map<string, ServerProcess>();
  #held: OpenFile[] = [];
  #lastPid = 4000;

  constructor(options: ServerProcessesOptions) {
    this.#options = options;
  }

  get running(): readonly ServerProcess[] {
    return [...this.#running.values()];
  }

  /** Windows counts them in steps of four. */
  newPid(): number {
    this.#lastPid += 4;
    return this.#lastPid;
  }

  /** Starts those that do not run. */
  start(): void {
    const { release, programs, now } = this.#options;
    const names = ["vizportal", ...loadingProcesses(release(), { serviceData: "" }).map(({ name }) => name)];
    const folder = programs().replaceAll("/", "\\");
    for (const name of names) {
      if (this.#running.has(name)) continue;
      const commandLine = `"${folder}\\${name}.exe" -DConfigName=tabsvc`;
      this.#running.set(name, { name: `${name}.exe`, pid: this.newPid(), started: now(), commandLine });
    }
  }

  /** Ends the named ones, or all. Files are held by all together. */
  stop(names: readonly string[]): void {
    for (const name of names.length === 0 ? [...this.#running.keys()] : names) this.#running.delete(name);
    if (names.length === 0) this.#release();
  }

  hold(packages: readonly string[], how: Switches["openPackages"]): void {
    this.#release();
    if (how === "closed") return;
    const { files } = this.#options;
    this.#held = packages.map((path) => files.open.add(files.locate(path).real, modes[how]));
  }

  #release(): void {
    for (const file of this.#held) this.#options.files.open.remove(file);
    this.#held = [];
  }
}
