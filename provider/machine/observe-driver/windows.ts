import type { WindowsTask } from "../../host/windows/task";
import { currentDigest } from "../files/windows/current-digest";
import { givenFolder, tableauFolder } from "../files/windows/folders";
import { lookAtPlace, type PlaceArguments } from "../files/windows/look-at-place";

/** Looks at one file in the folder that a product reads its JDBC drivers from. */
export async function onWindows(args: PlaceArguments, task: WindowsTask): Promise<void> {
  const { given, fileName } = args;
  await lookAtPlace(args, task, {
    find: async ({ machine }, product) => (given === null ? `${tableauFolder(machine)}/${product.drivers}` : givenFolder(machine, given)),
    named: { what: "the folder of drivers", argument: "driversDirectory" },
    look: async ({ machine, emit }, folder) => {
      const digest = await currentDigest(machine, `${folder}/${fileName}`);
      if (digest === "other") emit("unpacked", folder, fileName);
      else if (digest !== "-") emit("package", folder, fileName, digest === "unreadable" ? "" : digest);
    },
  });
}
