import { ScriptEnd, type WindowsTask } from "../../../host/windows/task";

/** Ends a form where the folder lies on a network share, which its file work does not reach. */
export function refuseShare({ emit }: WindowsTask, folder: string, property: "repository" | "driversDirectory"): void {
  if (!folder.startsWith("//")) return;
  const what = property === "repository" ? "find the repository" : "find the folder of drivers";
  emit("failed", what, `it lies on a network share, ${folder}; give \`machine.${property}\` by a drive letter`);
  throw new ScriptEnd(1);
}
