import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeTrust } from "../authority/write-trust";
import { simulatorError } from "../fail";
import { BuiltinSshServer } from "../nodes/builtin-ssh-server";
import type { BuiltinServerKeys } from "../nodes/ssh2-listener";
import { availableIsolation, Control } from "../nodes/control";
import type { StartCommand } from "../nodes/node-command";
import { spawnCommand } from "../nodes/spawn-command";
import { quote } from "../quote";
import type { DesktopMachine } from "./desktop-machine";
import type { DesktopOptions } from "./desktop-options";
import type { DesktopPlaces } from "./desktop-places";

// macOS gives its first user this number.
const uid = 501;

/** A Mac, or a Linux container: a root folder of its own in namespaces; on a Mac with programs that take no option of GNU's. */
export class PosixMachine implements DesktopMachine {
  readonly root: string;
  readonly #options: DesktopOptions;
  readonly #places: DesktopPlaces;
  readonly #keys: BuiltinServerKeys;
  #control: Control | undefined;
  #server: BuiltinSshServer | undefined;

  constructor(options: DesktopOptions, places: DesktopPlaces, keys: BuiltinServerKeys) {
    this.#options = options;
    this.#places = places;
    this.#keys = keys;
    this.root = join(options.directory, "root");
  }

  async start(): Promise<number> {
    const isolation = availableIsolation();
    if (isolation === "none") {
      throw simulatorError(
        "A machine of a person needs namespaces, which this machine does not allow.",
        "Run it as root, or in a virtual machine.",
      );
    }
    this.#makeTree();
    this.#control = await Control.start(isolation, this.#options.directory, "desktop-init.sh");
    await this.#control.must(`lay_root ${this.#options.platform}`);
    if (this.#hasUsers) this.#giveToUser();
    this.#server = new BuiltinSshServer(this.#keys, this.#starter(this.#control));
    return await this.#server.start({ umask: "022", banner: "" });
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.#control?.stop();
    this.#control = undefined;
  }

  realPath(path: string): string {
    return join(this.root, path);
  }

  async startProgram(): Promise<void> {
    await this.#control?.must(`start_program ${quote(this.#places.program)} ${this.#hasUsers ? String(uid) : "-"}`);
  }

  async stopProgram(): Promise<void> {
    await this.#control?.must("stop_program");
  }

  executions(): number {
    return this.#server?.executions() ?? 0;
  }

  #makeTree(): void {
    const { program, jre, home, shared } = this.#places;
    for (const folder of [home, "/tmp", "/opt", "/home", ...(shared === undefined ? [] : [dirname(shared)])]) {
      mkdirSync(this.realPath(folder), { recursive: true });
    }
    writeTrust(this.realPath(jre), this.#options.cacerts);
    const path = this.realPath(program);
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path)) return;
    copyFileSync(["/bin/sleep", "/usr/bin/sleep"].find(existsSync) ?? "/bin/sleep", path);
    chmodSync(path, 0o755);
    const { repository, connectors } = this.#places;
    if (this.#options.repository === undefined) return;
    mkdirSync(dirname(this.realPath(connectors)), { recursive: true });
    writeFileSync(this.realPath(`${repository}/Preferences.tps`), "<workbook/>\n");
  }

  get #hasUsers(): boolean {
    return this.#control?.isolation === "root" && this.#options.platform === "macos";
  }

  #giveToUser(): void {
    const { home, repository } = this.#places;
    for (const path of [home, dirname(repository), repository]) {
      if (existsSync(this.realPath(path))) chownSync(this.realPath(path), uid, 20);
    }
  }

  #starter(control: Control): StartCommand {
    const namespaces = `/proc/${String(control.pid)}/ns`;
    const { user, home } = this.#places;
    const asUser = this.#hasUsers ? ["setpriv", "--reuid", String(uid), "--regid", "20", "--clear-groups"] : [];
    const enter = [`--mount=${namespaces}/mnt`, `--pid=${namespaces}/pid_for_children`];
    const own = control.isolation === "user" ? [`--user=${namespaces}/user`, "--preserve-credentials"] : [];
    const environment = [`HOME=${home}`, `USER=${user}`, `LOGNAME=${user}`, "PATH=/usr/bin:/bin:/usr/sbin:/sbin"];
    return (_user, line, umask) =>
      spawnCommand([
        "nsenter",
        ...own,
        ...enter,
        "chroot",
        this.root,
        ...asUser,
        "env",
        "-i",
        ...environment,
        "/bin/sh",
        "-c",
        'cd "$HOME" || cd /; umask "$1"; exec /bin/sh -c "$2"',
        "sh",
        umask,
        line,
      ]);
  }
}
