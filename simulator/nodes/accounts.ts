import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunAsUser } from "../connectors/run-as-access";

/** How the provider logs in: as root; as a user with sudo; as a user in tsmadmin that owns the two folders, without sudo. */
export type Login = "root" | "sudo" | "tsmadmin";

// High numbers, so that they are nobody's on the machine itself.
export const tableauUser: RunAsUser = { name: "tableau", uid: 41001, gids: [41001] };
export const deployUser: RunAsUser = { name: "deploy", uid: 41002, gids: [41002] };
const tsmadminGid = 41003;

export interface AccountFiles {
  readonly login: Login;
  /** Lines of sudoers for the login user. */
  readonly sudoers: readonly string[];
  readonly tsmadmin: "member" | "no-member";
}

export function loginUser(login: Login): string {
  return login === "root" ? "root" : deployUser.name;
}

/** Lines of sudoers that let the login user do everything without a password, where it has sudo at all. */
export function defaultSudoers(login: Login): string[] {
  return login === "sudo" ? [`${deployUser.name} ALL=(ALL:ALL) NOPASSWD: ALL`] : [];
}

/**
 * Writes the files in `/etc` that name a node's users.
 *
 * They are written in place: a running node sees them through bind mounts, which hold on to the file and not to its name.
 */
export function writeAccounts(tree: string, { login, sudoers, tsmadmin }: AccountFiles): void {
  const member = login === "root" || tsmadmin === "no-member" ? "" : deployUser.name;
  mkdirSync(join(tree, "etc/sudoers.d"), { recursive: true });
  write(tree, "passwd", passwd, 0o644);
  write(tree, "group", [...groups, `tsmadmin:x:${tsmadminGid}:${member}`], 0o644);
  write(
    tree,
    "shadow",
    ["root", "daemon", "nobody", "sshd", "tableau", "deploy"].map((name) => `${name}:*:19000:0:99999:7:::`),
    0o640,
  );
  write(tree, "sudoers", [...sudoersHead, ...sudoers], 0o440);
}

const passwd = [
  "root:x:0:0:root:/home/root:/bin/bash",
  "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin",
  "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin",
  "sshd:x:41004:65534::/run/sshd:/usr/sbin/nologin",
  `tableau:x:${tableauUser.uid}:41001:Tableau Server:/home/tableau:/bin/bash`,
  `deploy:x:${deployUser.uid}:41002::/home/deploy:/bin/bash`,
];
const groups = ["root:x:0:", "daemon:x:1:", "tty:x:5:", "utmp:x:43:", "nogroup:x:65534:", "tableau:x:41001:", "deploy:x:41002:"];
const sudoersHead = [
  "Defaults env_reset",
  "Defaults lecture=never",
  'Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"',
  "root ALL=(ALL:ALL) NOPASSWD: ALL",
];

function write(tree: string, name: string, lines: readonly string[], mode: number): void {
  const path = join(tree, "etc", name);
  if (existsSync(path)) chmodSync(path, 0o600); // sudoers may be written by root alone
  writeFileSync(path, `${lines.join("\n")}\n`);
  chmodSync(path, mode);
}
