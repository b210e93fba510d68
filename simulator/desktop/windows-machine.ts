import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeTrust } from "../authority/write-trust";
import type { BuiltinServerKeys } from "../nodes/ssh2-listener";
import { defaultSwitches } from "../switches";
import type { Shell } from "../windows/cmd/shell";
import { Variables } from "../windows/cmd/variables";
import type { OpenFile } from "../windows/files/open-files";
import { WindowsFiles } from "../windows/files/windows-files";
import { languages } from "../windows/programs/languages";
import { powershellFolder, programsOf, systemPrograms } from "../windows/programs/programs";
import { systemFolder, userVariables } from "../windows/tree";
import { WindowsSshServer } from "../windows/windows-ssh-server";
import type { DesktopMachine } from "./desktop-machine";
import type { DesktopOptions } from "./desktop-options";
import type { DesktopPlaces } from "./desktop-places";

/** A Windows machine of a person, in this process. */
export class WindowsDesktopMachine implements DesktopMachine {
  readonly root: string;
  readonly #options: DesktopOptions;
  readonly #places: DesktopPlaces;
  readonly #files: WindowsFiles;
  readonly #server: WindowsSshServer;
  #running: Date | undefined;
  #held: OpenFile[] = [];

  constructor(options: DesktopOptions, places: DesktopPlaces, keys: BuiltinServerKeys) {
    this.#options = options;
    this.#places = places;
    this.root = join(options.directory, "root");
    this.#files = new WindowsFiles(this.root);
    const host = { files: this.#files, home: places.home.replaceAll("/", "\\"), newShell: () => this.#newShell(), autoRun: () => "" };
    this.#server = new WindowsSshServer(keys, host);
  }

  async start(): Promise<number> {
    this.#makeTree();
    return await this.#server.start({ banner: "" });
  }

  async stop(): Promise<void> {
    await this.stopProgram();
    await this.#server.stop();
  }

  realPath(path: string): string {
    return this.#files.locate(path).real;
  }

  async startProgram(packages: readonly string[]): Promise<void> {
    await this.stopProgram();
    this.#running = new Date();
    if (this.#options.openPackages !== "locked") return;
    this.#held = packages.map((path) => this.#files.open.add(this.realPath(path), { access: ["read"], share: ["read"] }));
  }

  stopProgram(): Promise<void> {
    this.#running = undefined;
    for (const file of this.#held.splice(0)) this.#files.open.remove(file);
    return Promise.resolve();
  }

  executions(): number {
    return this.#server.executions();
  }

  #makeTree(): void {
    const { program, jre, home, repository } = this.#places;
    const programs = [...systemPrograms.map((name) => `${systemFolder}/${name}`), `${powershellFolder}/powershell.exe`, program];
    for (const path of programs) this.#write(path, "");
    for (const folder of [jre, `${home}/Desktop`, this.#documents, "D:"]) mkdirSync(join(this.root, folder), { recursive: true });
    writeTrust(join(this.root, jre), this.#options.cacerts);
    if (this.#options.repository !== undefined) this.#write(`${repository}/Preferences.tps`, "<workbook/>\r\n");
  }

  #write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  get #documents(): string {
    return this.#options.documents ?? `${this.#places.home}/Documents`;
  }

  #newShell(): Shell {
    const { name = "anna" } = this.#options;
    const { user, program, home } = this.#places;
    const commandLine = `"${program.replaceAll("/", "\\")}"`;
    const folders = { Personal: this.#documents, Desktop: `${home}/Desktop` };
    const programs = programsOf({
      name,
      user,
      switches: defaultSwitches,
      processes: () =>
        this.#running === undefined ? [] : [{ name: program.split("/").at(-1) ?? "", pid: 4321, started: this.#running, commandLine }],
      now: () => new Date(),
      newPid: () => 5000,
      callTsm: () => Promise.resolve(1),
      shellFolders: Object.fromEntries(
        Object.entries(folders).map(([folder, path]) => [folder, path.replace(home, "%USERPROFILE%").replaceAll("/", "\\")]),
      ),
    });
    return {
      variables: new Variables(userVariables(name, user)),
      folder: home.replaceAll("/", "\\"),
      errorLevel: 0,
      codePage: languages[defaultSwitches().windowsLanguage].oem,
      files: this.#files,
      programs,
    };
  }
}
