import { removeFile } from "../../machine/remove-file";
import type { Services } from "../services";
import type { PlacedFile } from "./carry-out";
import { commandTimeoutSeconds } from "./to-machine-question";
import { toMachineHost } from "./to-machine-host";

/** Takes a file away from where it was placed, if it is still the one that was placed and nobody else keeps it now. */
export async function takeAway(services: Services, there: PlacedFile): Promise<void> {
  const { machine, folder, fileName, sha256, ownerToken, __urn: urn } = there;
  const host = toMachineHost(services, there);
  const removal = await removeFile(host, { folder, fileName, sha256 }, ownerToken, commandTimeoutSeconds);
  if (removal === "removed") services.voice.progress(urn, `[${machine.name}] removed ${folder}/${fileName}`);
  if (removal === "kept: changed") {
    services.voice.warn(urn, `[${machine.name}] ${folder}/${fileName} was changed by somebody else and stays there.`);
  }
}
