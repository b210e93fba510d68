import type { Services } from "../services";
import type { PlacedFile } from "./carry-out";
import { sameMachine } from "./same-machine";
import { takeAway } from "./remove";

/** Takes away what an earlier version of the resource placed elsewhere on the machine; another machine is not contacted. */
export async function leaveEarlierPlace(services: Services, olds: PlacedFile, outs: PlacedFile): Promise<void> {
  if (!sameMachine(olds.machine, outs.machine)) {
    services.voice.warn(outs.__urn, `${olds.machine.name} is not contacted any more: ${olds.folder}/${olds.fileName} stays there.`);
    return;
  }
  if (olds.folder !== outs.folder || olds.fileName !== outs.fileName) {
    await takeAway(services, { ...olds, credentials: outs.credentials ?? {} });
  }
}
