import type { WindowsScript } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";
import { currentDigest } from "../files/windows/current-digest";

/** The same as removeFileScript. */
export const removeFileForm: WindowsScript = async (task) => {
  const { machine, args, emit } = task;
  const [folder = "", name = "", sha256 = "", token = ""] = args;
  const note = `${folder}/.pulumi-tableau.${name}.owner`;
  if (token !== "") {
    const owner = (await machine.files.read(note, 4096))?.toString("utf8").split(/\r?\n/)[0];
    if (owner !== token) return emit("kept", "owner");
  }
  const now = await currentDigest(machine, `${folder}/${name}`);
  if (now === sha256) await attempt(task, `remove ${name}`, () => machine.files.remove(`${folder}/${name}`));
  if (now === sha256 || now === "-") emit("removed");
  else emit("kept", "changed", now);
  if (token !== "") await attempt(task, `remove the note beside ${name}`, () => machine.files.remove(note));
};
