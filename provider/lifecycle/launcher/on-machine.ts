import { lookAtFile, type SeenFile } from "../../machine/observe-file";
import { placeFile } from "../../machine/place-file";
import { removeFile } from "../../machine/remove-file";
import { TableauError } from "../../vocabulary/error";
import { launcherMark } from "../../machine/plan/launcher-text";
import { desktopLauncher, type LauncherState } from "../../schema/desktop-launcher";
import { parse } from "../../schema/read";
import { orSayHowToLetGo } from "../machine/with-release-hint";
import { sameMachine } from "../machine/same-machine";
import { toMachineHost } from "../machine/to-machine-host";
import { commandTimeoutSeconds } from "../machine/to-machine-question";
import type { OnNodes, Properties } from "../lifecycle";
import { without } from "../without";
import type { Services } from "../services";

/** What a TableauDesktopLauncher does on its machine. */
export function launcherOnMachine(services: Services): OnNodes {
  return {
    create: async (inputs) => {
      const { machine, outs, fileName } = await bringIntoPlace(services, null, inputs);
      return { id: `${machine.name}/${fileName}`, outs };
    },
    read: async (_id, olds) => {
      const launcher = parse(desktopLauncher.inputs, olds);
      const seen = await lookAtFile(toMachineHost(services, launcher), launcher.path, commandTimeoutSeconds);
      const outs = { ...olds, content: seen.content?.text ?? "", placed: placedOf(seen) };
      return { outs, inputs: without(outs, Object.keys(desktopLauncher.outputs)) };
    },
    update: async (_id, olds, news) => {
      const { outs } = await bringIntoPlace(services, parse(desktopLauncher.state, olds), news);
      return { outs };
    },
    delete: async (_id, olds) => {
      await orSayHowToLetGo(() => takeAway(services, parse(desktopLauncher.state, olds)));
    },
  };
}

interface Placed {
  readonly machine: LauncherState["machine"];
  readonly fileName: string;
  readonly outs: Properties;
}

function placedOf({ content, fileName }: SeenFile): string {
  if (content === null) return "absent";
  return content.executable === "yes" || fileName.endsWith(".cmd") ? content.sha256 : `${content.sha256} not executable`;
}

async function bringIntoPlace(services: Services, olds: LauncherState | null, news: Properties): Promise<Placed> {
  const launcher = parse(desktopLauncher.inputs, news);
  const { machine, path, content, placed, overwriteUnmanaged, __urn: urn } = launcher;
  const host = toMachineHost(services, launcher);
  const seen = await lookAtFile(host, path, commandTimeoutSeconds);
  const { folder, fileName } = seen;
  if (placedOf(seen) !== placed) {
    if (overwriteUnmanaged !== true) refuseUnmanaged(machine.name, seen, placed);
    const file = { folder, fileName, sha256: placed, mode: "0755" as const, note: null };
    await placeFile(host, file, Buffer.from(content), seen.content?.sha256 ?? null, commandTimeoutSeconds);
    services.voice.progress(urn, `[${machine.name}] placed ${fileName} in ${folder}`);
  }
  const file = `${folder}/${fileName}`;
  if (olds !== null && sameMachine(olds.machine, machine) && olds.file !== file) {
    await takeAway(services, { ...olds, credentials: launcher.credentials ?? {} });
  }
  return { machine, fileName, outs: { ...news, folder, fileName, file, ownDigest: placed } };
}

function refuseUnmanaged(machine: string, { folder, fileName, content }: SeenFile, wanted: string): void {
  if (content === null || content.sha256 === wanted || content.text.includes(launcherMark)) return;
  throw new TableauError("plan-refused", {
    node: machine,
    message: `Nothing was changed. ${folder}/${fileName} is there, which this package did not put there.`,
    next: "Move it away, take another `path`, or set overwriteUnmanaged: true; then run `pulumi up` again.",
  });
}

// A file of another content is another resource's by now, or was changed by somebody.
async function takeAway(services: Services, there: LauncherState): Promise<void> {
  const { folder, fileName, ownDigest: sha256, file, machine, __urn: urn } = there;
  const removal = await removeFile(toMachineHost(services, there), { folder, fileName, sha256 }, null, commandTimeoutSeconds);
  services.voice.progress(urn, `[${machine.name}] ${removal === "removed" ? "removed" : "left alone"} ${file}`);
}
