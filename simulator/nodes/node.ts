import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Installation, Places } from "../connectors/places";
import type { RunAsUser } from "../connectors/run-as-access";
import { packageRoot } from "../package-root";
import { quote } from "../quote";
import type { Release } from "../release";
import { defaultSudoers, loginUser, tableauUser, writeAccounts, type AccountFiles, type Login } from "./accounts";
import { BuiltinSshServer } from "./builtin-ssh-server";
import { Control, type CommandResult, type Isolation } from "./control";
import { Gate } from "./gate";
import { OpenSshServer } from "./open-ssh-server";
import { linuxPlaces } from "./places";
import { SessionStarter } from "./session-starter";
import type { SshServer, SshServerOptions } from "./ssh-server";
import { layPackages, makeTree, processNames, profileScript, takeRelease, type TreeOptions } from "./tree";

/** openssh: the machine's sshd. builtin: a server in this process. local: one node that is this machine. */
export type Transport = "openssh" | "builtin" | "local";

/** The keys of one node, as files hold them. */
export interface NodeKeys {
  readonly clientKeyPath: string;
  readonly clientPublicKey: string;
  readonly hostPrivateKey: string;
  readonly hostPublicKey: string;
}

export interface NodeOptions {
  readonly name: string;
  /** The node's folder on this machine. */
  readonly folder: string;
  /** The release in use. */
  readonly installed: () => Release;
  readonly installation: Installation;
  readonly login: Login;
  readonly transport: Transport;
  readonly isolation: Isolation;
  readonly stateDirectory: string;
  readonly keys: NodeKeys;
  readonly cacerts: Buffer | undefined;
  /** Where the controller listens, and what its clients show it. */
  readonly controller: { readonly port: number; readonly token: string };
  /** The port that the node had before, or 0. */
  readonly wantedPort: number;
}

/** One node of the cluster: its folders, its processes, its ssh server. */
export class SimulatedNode {
  readonly options: NodeOptions;
  readonly gate = new Gate();
  readonly tree: string;
  #control: Control | undefined;
  #server: SshServer | undefined;
  #sshOptions: SshServerOptions = { umask: "022", banner: "" };

  constructor(options: NodeOptions) {
    this.options = options;
    this.tree = join(options.folder, "root");
  }

  get name(): string {
    return this.options.name;
  }

  /** What stands before `/opt` and `/var` in the node's own paths. */
  get prefix(): string {
    return this.options.transport === "local" ? this.tree : "";
  }

  get places(): Places {
    return this.placesOf(this.options.installed().build);
  }

  /** Where things of a build are or would be. */
  placesOf(build: string): Places {
    return linuxPlaces(this.prefix, build, this.options.installation);
  }

  /** Where the node's `/` is on this machine, with everything that is mounted there. */
  get fileRoot(): string {
    if (this.options.transport === "local") return "/";
    return this.#control === undefined ? this.tree : `/proc/${this.#control.pid}/root`;
  }

  /** Set while something is mounted over folders of the node, so that its tree does not show everything. */
  hasOwnMounts: "yes" | "no" = "no";

  /** The user the server runs as: `tableau` where nodes have users of their own. */
  get runAs(): RunAsUser {
    if (this.options.isolation === "root") return tableauUser;
    return {
      name: this.options.isolation === "user" ? "root" : userInfo().username,
      uid: process.getuid?.() ?? 0,
      gids: process.getgroups?.() ?? [],
    };
  }

  get control(): Control {
    if (this.#control === undefined) throw new Error(`${this.name} is not started`);
    return this.#control;
  }

  async start(): Promise<void> {
    const { folder, installed, cacerts, isolation, transport } = this.options;
    makeTree(this.#treeOptions);
    await this.layRelease(installed(), cacerts);
    await this.takeRelease();
    this.writeAccounts({});
    mkdirSync(join(folder, "run"), { recursive: true });
    rmSync(join(folder, "run/sshd.log"), { force: true });
    writePrivate(join(folder, "run/host_key"), this.options.keys.hostPrivateKey);
    writeFileSync(join(folder, "run/authorized_keys"), `${this.options.keys.clientPublicKey}\n`);
    this.#control = await Control.start(isolation, folder);
    if (transport === "local") return;
    this.#server = this.#makeServer(transport, this.#control);
    await this.setSshOptions({});
    await this.gate.open(this.options.wantedPort);
  }

  async stop(): Promise<void> {
    await this.gate.close();
    await this.#server?.stop();
    await this.#control?.stop();
    this.#control = undefined;
  }

  /** Ends the ssh server and every connection, until `revive`. */
  async kill(): Promise<void> {
    await this.gate.setMode("refuse");
    await this.#server?.stop();
  }

  async revive(): Promise<void> {
    await this.setSshOptions({});
    await this.gate.setMode("open");
  }

  async setSshOptions(changes: Partial<SshServerOptions>): Promise<void> {
    this.#sshOptions = { ...this.#sshOptions, ...changes };
    if (this.#server !== undefined) this.gate.passTo(await this.#server.start(this.#sshOptions));
  }

  /** Writes the files in `/etc` that name users, with what differs from the usual. */
  writeAccounts(changes: Partial<AccountFiles>): void {
    const { login } = this.options;
    writeAccounts(this.tree, { login, sudoers: defaultSudoers(login), tsmadmin: "member", ...changes });
  }

  writeProfile(presence: "present" | "missing"): void {
    const path = join(this.tree, "etc/profile.d/tableau_server.sh");
    if (presence === "missing") rmSync(path, { force: true });
    else writeFileSync(path, profileScript(this.options.installed().build, this.options.installation), { mode: 0o644 });
  }

  writeBashrc(lines: readonly string[]): void {
    writeFileSync(join(this.tree, "home", this.user, ".bashrc"), ["# ~/.bashrc", ...lines, ""].join("\n"));
  }

  /** Puts the tsm of a build in its place. */
  writeTsm(build: string): void {
    const folder = this.packageFolder("customer-bin", build);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    const values: Readonly<Record<string, string>> = {
      NODE: this.name,
      BUILD: build,
      PORT: String(this.options.controller.port),
      TOKEN: this.options.controller.token,
    };
    const template = readFileSync(join(packageRoot(), "simulator/scripts/tsm.sh"), "utf8");
    writeFileSync(
      join(folder, "tsm"),
      template.replace(/@([A-Z]+)@/g, (mark, name: string) => values[name] ?? mark),
    );
    chmodSync(join(folder, "tsm"), 0o755);
  }

  /** Lays the programs of a release beside those of others. Nothing uses them before `takeRelease`. */
  layRelease(release: Release, cacerts: Buffer | undefined): Promise<void> {
    layPackages(release, { ...this.#treeOptions, cacerts });
    this.writeTsm(release.build);
    return Promise.resolve();
  }

  /** The release in use is another one: the folders and settings that are its own. */
  takeRelease(): Promise<void> {
    takeRelease(this.options.installed(), this.#treeOptions);
    this.writeProfile("present");
    return Promise.resolve();
  }

  /** Where a package of a build is on this machine. */
  packageFolder(name: string, build: string): string {
    return join(this.tree, linuxPlaces("", build, this.options.installation).packages, `${name}.${build}`);
  }

  async startServers(): Promise<void> {
    const { version, build } = this.options.installed();
    const folder = `${this.places.packages}/bin.${build}`;
    const user = this.options.isolation === "root" && this.options.transport !== "local" ? tableauUser.name : "-";
    await this.control.must(["start_servers", user, quote(folder), ...processNames(version)].join(" "));
  }

  /** Ends the named processes of the server, or all. */
  async stopServers(names: readonly string[] = []): Promise<void> {
    await this.control.run(["stop_servers", ...names].join(" "));
  }

  /** The user that the provider logs in as. */
  get user(): string {
    return loginUser(this.options.login);
  }

  /** Runs a command line of bash inside the node, as its root. */
  run(command: string): Promise<CommandResult> {
    return this.control.run(command);
  }

  /** Mounts the folder that all nodes share there. */
  async shareFolder(path: string): Promise<void> {
    await this.control.must(`share ${quote(path)}`);
    this.hasOwnMounts = "yes";
  }

  /** Where a path of the node is on this machine. */
  realPath(path: string): string {
    if (this.options.transport === "local") return path.startsWith(`${this.tree}/`) ? path : join(this.tree, path);
    return join(this.hasOwnMounts === "yes" ? this.fileRoot : this.tree, path);
  }

  /** A folder as the disk has its name. */
  settledPath(path: string): string {
    return path;
  }

  executions(): number {
    return this.#server?.executions() ?? 0;
  }

  /** Name of a user of the node. */
  userName(uid: number): string {
    if (this.options.isolation !== "root") return uid === 0 || uid === process.getuid?.() ? this.runAs.name : String(uid);
    return /^([^:]+)/.exec(passwdLine(this.tree, uid) ?? String(uid))?.[1] ?? String(uid);
  }

  /** Members of a group of the node. */
  members(group: string): string[] {
    const line = readFileSync(join(this.tree, "etc/group"), "utf8")
      .split("\n")
      .find((text) => text.startsWith(`${group}:`));
    return (line?.split(":")[3] ?? "").split(",").filter((name) => name !== "");
  }

  get #treeOptions(): TreeOptions {
    const { installation, login, stateDirectory, isolation } = this.options;
    const owners = isolation === "root" ? "real" : "one";
    return { tree: this.tree, installation, login, stateDirectory, owners };
  }

  #makeServer(transport: "openssh" | "builtin", control: Control): SshServer {
    if (transport === "openssh") return new OpenSshServer(control, this.options.folder);
    const keys = { hostKey: this.options.keys.hostPrivateKey, authorizedKey: this.options.keys.clientPublicKey };
    const sessions = new SessionStarter(control, this.options.folder);
    return new BuiltinSshServer(keys, (user, commandLine, umask) => sessions.start(user, commandLine, umask));
  }
}

function passwdLine(tree: string, uid: number): string | undefined {
  const path = join(tree, "etc/passwd");
  return existsSync(path)
    ? readFileSync(path, "utf8")
        .split("\n")
        .find((line) => line.split(":")[2] === String(uid))
    : undefined;
}

function writePrivate(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  chmodSync(path, 0o600);
}
