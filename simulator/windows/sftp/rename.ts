import { existsSync, linkSync, statSync, unlinkSync } from "node:fs";
import { slashPath } from "../files/windows-path";
import { Win32Error } from "../files/win32-error";
import type { Located, WindowsFiles } from "../files/windows-files";

/**
 * posix-rename@openssh.com as Win32-OpenSSH does it (contrib/win32/win32compat/misc.c, w32_rename): a target that is a file
 * is removed first, and if that fails nobody hears of it; then comes the rename. So it is not atomic.
 */
export function posixRename(files: WindowsFiles, from: Located, to: Located): void {
  if (existsSync(to.real)) removeQuietly(files, to);
  files.move(from, to);
}

/** The plain rename of a file: a second name, then the first one goes. A target that is there refuses it. */
export function plainRename(files: WindowsFiles, from: Located, to: Located): void {
  if (files.stat(from).isDirectory()) return files.move(from, to);
  if (existsSync(to.real)) throw new Win32Error("ALREADY_EXISTS");
  files.limits.checkWritable(slashPath(to.path));
  linkSync(from.real, to.real);
  try {
    files.remove(from);
  } catch (error) {
    unlinkSync(to.real);
    throw error;
  }
}

function removeQuietly(files: WindowsFiles, to: Located): void {
  try {
    if (statSync(to.real).isFile()) files.remove(to);
    else files.removeFolder(to);
  } catch {
    // the rename that follows tells
  }
}
