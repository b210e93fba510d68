import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Places } from "../connectors/places";
import type { RunAsUser } from "../connectors/run-as-access";
import type { Call } from "../controller/call";
import { Gate } from "../nodes/gate";
import type { CommandResult } from "../nodes/control";
import type { NodeOptions } from "../nodes/node";
import type { SshServerOptions } from "../nodes/ssh-server";
import type { Release } from "../release";
import type { Switches } from "../switches";
import { encodeText } from "./cmd/code-pages";
import { noInput } from "./cmd/line-input";
import { runLine } from "./cmd/run-line";
import type { Shell } from "./cmd/shell";
import { Variables } from "./cmd/variables";
import type { OpenFile } from "./files/open-files";
import { WindowsFiles } from "./files/windows-files";
import { slashPath } from "./files/windows-path";
import { windowsPlaces } from "./places";
import { languages } from "./programs/languages";
import { programsOf } from "./programs/programs";
import { ServerProcesses } from "./server-processes";
import { layWindowsPackages, makeWindowsTree, serverVariables, takeWindowsRelease, userVariables, writeTsmBatch } from "./tree";
import { WindowsSshServer } from "./windows-ssh-server";

export interface WindowsNodeParts {
  readonly switches: () => Switches;
  readonly callTsm: (call: Call) => Promise<number>;
}

/** A Windows node of the cluster: its drives, its server's processes, its ssh server, all in this process. */
export class WindowsNode {
  readonly options: NodeOptions;
  readonly gate = new Gate();
  readonly tree: string;
  readonly files: WindowsFiles;
  readonly prefix = "";
  readonly hasOwnMounts = "no";
  readonly user = "Administrator";
  /** The account that the installer proposes; access lists are not simulated, it reads every file. */
  readonly runAs: RunAsUser = { name: String.raw`NT AUTHORITY\NETWORK SERVICE`, uid: 0, gids: [] };
  /** What faults change. */
  readonly condition = { administrator: "member", variables: "set", autoRun: "", clockSkewSeconds: 0 };
  readonly #parts: WindowsNodeParts;
  readonly #processes: ServerProcesses;
  readonly #server: WindowsSshServer;
  readonly #held: OpenFile[] = [];
  #sshOptions: Pick<SshServerOptions, "banner"> = { banner: "" };

  constructor(options: NodeOptions, parts: WindowsNodeParts) {
    this.options = options;
    this.tree = join(options.folder, "root");
    this.files = new WindowsFiles(this.tree);
    this.#parts = parts;
    this.#processes = new ServerProcesses({
      files: this.files,
      release: () => options.installed().version,
      programs: () => `${this.places.packages}/bin.${options.installed().build}`,
      now: () => this.#now(),
    });
    this.#server = new WindowsSshServer(
      { hostKey: options.keys.hostPrivateKey, authorizedKey: options.keys.clientPublicKey },
      { files: this.files, home: this.#home, newShell: () => this.#newShell(), autoRun: () => this.condition.autoRun },
    );
  }

  get name(): string {
    return this.options.name;
  }

  get places(): Places {
    return this.placesOf(this.options.installed().build);
  }

  /** Where things of a build are or would be. */
  placesOf(build: string): Places {
    return windowsPlaces(build, this.options.installation);
  }

  get fileRoot(): string {
    return this.tree;
  }

  async start(): Promise<void> {
    const { installed, cacerts } = this.options;
    mkdirSync(this.tree, { recursive: true });
    makeWindowsTree(this.tree, this.user);
    await this.layRelease(installed(), cacerts);
    await this.takeRelease();
    await this.setSshOptions({});
    await this.gate.open(this.options.wantedPort);
  }

  async stop(): Promise<void> {
    await this.gate.close();
    await this.#server.stop();
    this.#processes.stop([]);
  }

  /** Ends the ssh server and every connection, until `revive`. */
  async kill(): Promise<void> {
    await this.gate.setMode("refuse");
    await this.#server.stop();
  }

  async revive(): Promise<void> {
    await this.setSshOptions({});
    await this.gate.setMode("open");
  }

  async setSshOptions(changes: Partial<SshServerOptions>): Promise<void> {
    this.#sshOptions = { ...this.#sshOptions, ...changes };
    this.gate.passTo(await this.#server.start(this.#sshOptions));
  }

  /** Puts the tsm of a build in its place. */
  writeTsm(build: string): void {
    writeTsmBatch(join(this.tree, this.places.packages), build);
  }

  /** Lays the programs of a release beside those of others. Nothing uses them before `takeRelease`. */
  layRelease({ build }: Release, cacerts: Buffer | undefined): Promise<void> {
    layWindowsPackages(build, { tree: this.tree, installation: this.options.installation, cacerts });
    return Promise.resolve();
  }

  /** The release in use is another one: the folders that are its own. */
  takeRelease(): Promise<void> {
    takeWindowsRelease(this.options.installed(), { tree: this.tree, installation: this.options.installation });
    return Promise.resolve();
  }

  startServers(): Promise<void> {
    this.#processes.start();
    return Promise.resolve();
  }

  /** Ends the named processes of the server, or all. */
  stopServers(names: readonly string[] = []): Promise<void> {
    this.#processes.stop(names);
    return Promise.resolve();
  }

  /** The running server has read these packages: how it goes on holding them is a switch. */
  hold(packages: readonly string[]): void {
    this.#processes.hold(packages, this.#parts.switches().openPackages);
  }

  /** Some program holds the files of a folder open, and shares reading only; undefined: it lets them go. */
  holdFiles(folder: string | undefined): void {
    for (const file of this.#held.splice(0)) this.files.open.remove(file);
    if (folder === undefined) return;
    const place = this.files.locate(folder);
    const files = this.files.list(place).map((name) => join(place.real, name));
    for (const file of files.filter((one) => statSync(one).isFile())) {
      this.#held.push(this.files.open.add(file, { access: ["read"], share: ["read"] }));
    }
  }

  executions(): number {
    return this.#server.executions();
  }

  userName(): string {
    return this.user;
  }

  /** Members of a group of the node: there is one that tsm asks for, the local administrators. */
  members(): string[] {
    return this.condition.administrator === "member" ? [this.user] : [];
  }

  /** Runs a command line of cmd.exe on the node, without the ssh server. */
  async run(command: string): Promise<CommandResult> {
    const shell = this.#newShell();
    const output: Buffer[] = [];
    const sink = (text: string): void => void output.push(encodeText(text, 65001));
    const sinks = new Map([1, 2].map((handle) => [handle, sink]));
    const status = await runLine(command, shell, { input: noInput(), sinks });
    return { status, output: Buffer.concat(output).toString("utf8") };
  }

  /** Where a path of the node is on this machine. */
  realPath(path: string): string {
    return this.files.locate(path).real;
  }

  /** A folder as the disk has its name: `c:\\tableau` and `C:/Tableau` are one. */
  settledPath(path: string): string {
    try {
      return slashPath(this.files.locate(path).path);
    } catch {
      return path;
    }
  }

  get #home(): string {
    return `C:\\Users\\${this.user}`;
  }

  #now(): Date {
    return new Date(Date.now() + this.condition.clockSkewSeconds * 1000);
  }

  #newShell(): Shell {
    const { name, user, condition, options } = this;
    const programs = programsOf({
      name,
      user,
      switches: this.#parts.switches,
      processes: () => this.#processes.running,
      now: () => this.#now(),
      newPid: () => this.#processes.newPid(),
      callTsm: this.#parts.callTsm,
    });
    const variables = {
      ...userVariables(name, user),
      ...(condition.variables === "set" ? serverVariables(options.installed().build, options.installation) : {}),
    };
    return {
      variables: new Variables(variables),
      folder: this.#home,
      errorLevel: 0,
      codePage: languages[this.#parts.switches().windowsLanguage].oem,
      files: this.files,
      programs,
    };
  }
}
