import { formatWindowsPath } from "../files/windows-path";
import type { Shell } from "./shell";

/** Full path of the program that a command names: by the path given, else in the current folder and along PATH. */
export function findProgram(name: string, { files, folder, variables }: Shell): string | undefined {
  const folders = /[\\/:]/.test(name) ? [folder] : [folder, ...(variables.get("PATH") ?? "").split(";").filter((one) => one !== "")];
  const extensions = (variables.get("PATHEXT") ?? "").split(";");
  const hasOne = extensions.some((extension) => name.toUpperCase().endsWith(extension.toUpperCase()));
  const candidates = hasOne ? [name] : extensions.map((extension) => name + extension);
  for (const where of folders) {
    for (const candidate of candidates) {
      const path = existing(candidate, where);
      if (path !== undefined) return path;
    }
  }
  return undefined;

  function existing(candidate: string, where: string): string | undefined {
    try {
      const place = files.locate(candidate, where);
      return files.stat(place).isFile() ? formatWindowsPath(place.path) : undefined;
    } catch {
      return undefined;
    }
  }
}
