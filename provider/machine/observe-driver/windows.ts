import { ScriptEnd, type WindowsScript } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";
import { currentDigest } from "../files/windows/current-digest";
import { emitNote } from "../files/windows/emit-note";
import { emitRunning } from "../files/windows/emit-running";
import { givenFolder } from "../files/windows/given-folder";
import { productsOnWindows } from "../files/windows/products-on-windows";
import { refuseShare } from "../files/windows/refuse-share";
import { tableauFolder } from "../files/windows/tableau-folder";

/** The same as lookAtDriverScript. */
export const lookAtDriverForm: WindowsScript = async (task) => {
  const { machine, args, emit } = task;
  const [name = "", given = "", fileName = ""] = args;
  const product = productsOnWindows[name];
  if (product === undefined) throw new ScriptEnd(1);
  emit("system", "Windows");
  const folder = given === "" ? `${tableauFolder(machine)}/${product.drivers}` : givenFolder(machine, given);
  refuseShare(task, folder, "driversDirectory");
  emit("folder", folder);
  await attempt(task, `look into ${folder}`, async () => {
    const digest = await currentDigest(machine, `${folder}/${fileName}`);
    if (digest === "other") emit("unpacked", folder, fileName);
    else if (digest !== "-") emit("package", folder, fileName, digest === "unreadable" ? "" : digest);
    await emitNote(task, folder, fileName);
  });
  await emitRunning(task, product);
  emit("end");
};
