import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** Who works against the scripts: a user of the node without rights, and without a name. */
export const user = 61_000 + (process.pid % 1000);

/** Where the user may write, and who the folder belongs to. */
export const placements = [
  "the user's folder in a folder of root",
  "the user's folder in a folder of the user",
  "root's folder in a folder of the user",
  "a folder for root alone in a folder of the user",
  "root's folder in which a group may write",
  "root's folder in a folder in which everybody may write",
  "root's folder with links into the user's",
] as const;
export type Placement = (typeof placements)[number];

/** What the user puts in place of a file. */
export const plants = [
  "a link to root's file",
  "a link to a device",
  "a link to a file that is not there",
  "a link to root's folder",
  "another name of root's file",
  "a device",
  "a pipe",
  "a socket",
  "a folder",
  "a folder with a link",
  "an endless file",
  "a file",
] as const;
export type Plant = (typeof plants)[number];

/** A node's folders as a user finds them who wants to read, write or open what is root's alone. */
export class Territory {
  readonly base = mkdtempSync(join(tmpdir(), "hostile-"));
  /** Root's alone: what stands in it and where it must not appear. */
  readonly secret = join(this.base, "secret");
  readonly secretText = `the-secret-${randomBytes(12).toString("hex")}`;
  readonly secretDigest = createHash("sha256").update(this.secretText).digest("hex");
  readonly closed = join(this.base, "closed");
  readonly missing = join(this.base, "root", "missing");
  readonly state = join(this.base, "state");
  readonly store = join(this.state, "store");
  readonly live: string;
  /** Folders that only root may enter, and that it writes in all the same. */
  readonly #shut: readonly string[] = [];
  #before: string;

  /** @param name of the live folder; where it has folders, they are root's. */
  constructor(placement: Placement, name = "live") {
    chmodSync(this.base, 0o755);
    writeFileSync(this.secret, this.secretText, { mode: 0o600 });
    mkdirSync(this.closed, { mode: 0o700 });
    writeFileSync(join(this.closed, "manifest.xml"), this.secretText, { mode: 0o600 });
    mkdirSync(join(this.base, "root"), { mode: 0o755 });
    const parent = join(this.base, "parent");
    mkdirSync(parent, { mode: 0o755 });
    this.live = join(parent, name);
    mkdirSync(this.live, { recursive: true, mode: 0o755 });
    if (placement.startsWith("the user's")) chownSync(this.live, user, user);
    if (placement.endsWith("a folder of the user")) chownSync(parent, user, user);
    if (placement.endsWith("a group may write")) {
      chownSync(this.live, 0, user);
      chmodSync(this.live, 0o775);
    }
    if (placement.endsWith("everybody may write")) chmodSync(parent, 0o777);
    if (placement.endsWith("into the user's")) {
      mkdirSync(join(this.base, "home"));
      chownSync(join(this.base, "home"), user, user);
    }
    // What was beside the live folder, and the user has given its name.
    if (placement.startsWith("a folder for root alone")) {
      rmSync(this.live, { recursive: true });
      this.shut(this.live);
      this.#shut = [this.live];
    }
    this.#before = this.#rootsOwn();
  }

  /** Makes a folder that only root may enter, and in it a file that everybody who got there could read. */
  shut(folder: string): void {
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, "secret.jar"), this.secretText, { mode: 0o644 });
  }

  /** Puts something at a path of the live folder, as the user would, or as root where the user could not at this moment. */
  plant(what: Plant, name: string): void {
    const home = join(this.base, "home");
    const path = existsSync(home) ? join(home, name) : join(this.live, name);
    if (existsSync(home)) symlinkSync(path, join(this.live, name));
    rmSync(path, { recursive: true, force: true });
    this.#make(what, path);
    if (what !== "another name of root's file" && what !== "a device") this.#give(path);
    this.#before = this.#rootsOwn();
  }

  #make(what: Plant, path: string): void {
    switch (what) {
      case "a link to root's file":
        return symlinkSync(this.secret, path);
      case "a link to a device":
        return symlinkSync("/dev/zero", path);
      case "a link to a file that is not there":
        return symlinkSync(this.missing, path);
      case "a link to root's folder":
        return symlinkSync(this.closed, path);
      case "another name of root's file":
        return linkSync(this.secret, path);
      case "a device":
        return run("mknod", path, "c", "1", "5");
      case "a pipe":
        return run("mkfifo", path);
      case "a socket":
        // By its name alone: the kernel takes no path of more than 107 bytes, and perl cuts it without a word.
        return run(
          "perl",
          "-MSocket",
          "-e",
          "chdir($ARGV[0]) or die $!; socket(my $s, PF_UNIX, SOCK_STREAM, 0); bind($s, sockaddr_un($ARGV[1])) or die $!",
          dirname(path),
          basename(path),
        );
      case "a folder":
        return mkdirSync(path);
      case "a folder with a link":
        mkdirSync(path);
        symlinkSync("/dev/zero", join(path, "manifest.xml"));
        return symlinkSync(this.secret, join(path, "data"));
      case "an endless file":
        writeFileSync(path, "");
        return truncateSync(path, 2 ** 42);
      case "a file":
        return writeFileSync(path, "bytes of the user");
    }
  }

  #give(path: string): void {
    run("chown", "-Rh", `${String(user)}:${String(user)}`, path);
  }

  /** What must not have happened: each a sentence. `answers` is all that the scripts have told. */
  harm(answers: string): string[] {
    const told = [this.secretText, this.secretDigest, Buffer.from(this.secretText).toString("base64")].filter((one) =>
      answers.includes(one),
    );
    return [
      ...told.map((one) => `the answers tell ${one}`),
      ...(this.#before === this.#rootsOwn() ? [] : [`what was root's has changed:\n${this.#before}\n${this.#rootsOwn()}`]),
      ...this.#readable(),
      ...(existsSync(this.missing) ? ["a file was made through a link"] : []),
      ...leftPrograms(this.base).map((one) => `a program was left: ${one}`),
    ];
  }

  // Everything of root's outside of where the scripts are meant to work.
  #rootsOwn(): string {
    const of = (path: string): string => {
      const { mode, uid, gid, size, mtimeMs } = lstatSync(path);
      // Scripts make the state directory in it.
      const changed = path === this.base || this.#shut.includes(path) ? [] : [size, mtimeMs];
      return [path, mode.toString(8), uid, gid, ...changed].join(" ");
    };
    const closed = [this.closed, ...readdirSync(this.closed).map((one) => join(this.closed, one))];
    return [this.base, this.secret, join(this.base, "root"), ...closed, ...this.#shut].map(of).join("\n");
  }

  // The user's own view: nothing that it can open holds the secret. And no copy of it has been made for root either.
  #readable(): string[] {
    const found = spawnSync("grep", ["-rlsF", "--devices=skip", "--exclude-dir=home", this.secretText, this.state], { encoding: "utf8" });
    return found.stdout
      .split("\n")
      .filter((path) => path !== "")
      .map((path) => `${path} is a copy of root's file`);
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** Programs that work on files or in folders below a path. */
function leftPrograms(below: string): string[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .flatMap((pid) => {
      try {
        const links = [`/proc/${pid}/cwd`, ...readdirSync(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`)].map((link) =>
          readlinkSync(link),
        );
        // No script starts Node: one that reads zeros is another test's.
        const isNode = readlinkSync(`/proc/${pid}/exe`) === process.execPath;
        if (!links.some((target) => target.startsWith(below) || (target === "/dev/zero" && !isNode))) return [];
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").slice(0, 200)];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}
