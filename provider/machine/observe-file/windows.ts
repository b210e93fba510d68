import { ScriptEnd, type WindowsScript } from "../../host/windows/task";
import { currentDigest } from "../files/windows/current-digest";
import { shellFolder } from "../files/windows/shell-folder";

/** The same as lookAtFileScript; every file counts as executable. */
export const lookAtFileForm: WindowsScript = async ({ machine, args, emit }) => {
  const [given = ""] = args;
  const profile = machine.environment("USERPROFILE") ?? "";
  const [, onDesktop] = /^~[\\/]Desktop[\\/](.*)$/i.exec(given) ?? [];
  const path = (
    onDesktop === undefined ? given.replace(/^~(?=[\\/])/, profile) : `${await shellFolder(machine, "Desktop")}/${onDesktop}`
  ).replaceAll("\\", "/");
  const cut = path.lastIndexOf("/");
  emit("system", "Windows");
  emit("path", path.slice(0, cut), path.slice(cut + 1));
  const digest = await currentDigest(machine, path);
  if (digest === "-") return;
  if (digest === "other") {
    emit("failed", `look at ${path}`, "it is a folder");
    throw new ScriptEnd(1);
  }
  const text = await machine.files.read(path, 65_536);
  emit("file", digest, "executable", text?.toString("base64") ?? "");
};
