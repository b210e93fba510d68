import { lookAtMachine } from "../../machine/observe";
import { planDesktop } from "../../machine/plan/plan-desktop";
import { desktopConnector } from "../../schema/desktop-connector";
import { parse } from "../../schema/read";
import { identify } from "../config/identify";
import type { OnNodes, Properties } from "../lifecycle";
import { without } from "../without";
import type { Services } from "../services";
import { bringIntoPlace } from "./place";
import { orSayHowToLetGo } from "./with-release-hint";
import { takeAway } from "./remove";
import { toDesiredOnMachine } from "./to-desired-on-machine";
import { toMachineHost } from "./to-machine-host";
import { toMachineQuestion } from "./to-machine-question";

/** What a TableauDesktopConnector does on its machine. */
export function desktopOnMachine(services: Services): OnNodes {
  return {
    create: async (inputs) => {
      const outs = await bringIntoPlace(services, null, inputs);
      const { machine, pluginClass } = parse(desktopConnector.inputs, inputs);
      return { id: `${machine.name}/${machine.product ?? "desktop"}/${pluginClass}`, outs };
    },
    read: async (_id, olds) => {
      const placed = await lookFor(services, olds);
      const outs = { ...olds, placed };
      return { outs, inputs: without(outs, ["folder", "ownerToken"]) };
    },
    update: async (_id, olds, news) => ({ outs: await bringIntoPlace(services, parse(desktopConnector.state, olds), news) }),
    delete: async (_id, olds) => {
      await orSayHowToLetGo(() => takeAway(services, parse(desktopConnector.state, olds)));
    },
  };
}

/** The digest where all is well, else what is there instead. */
async function lookFor(services: Services, olds: Properties): Promise<string> {
  const properties = parse(desktopConnector.state, olds);
  const seen = await lookAtMachine(toMachineHost(services, properties), toMachineQuestion(properties), identify);
  const { hidden, warnings } = planDesktop(toDesiredOnMachine(properties, properties.ownerToken), seen);
  for (const warning of [...hidden, ...warnings]) services.voice.warn(properties.__urn, `[${properties.machine.name}] ${warning}`);
  const ours = seen.packages.find(({ folder, fileName }) => folder === seen.folder && fileName === properties.fileName);
  if (ours === undefined) return "absent";
  if (ours.sha256 !== properties.sha256) return ours.sha256 ?? "unreadable";
  return hidden.length === 0 ? ours.sha256 : `${ours.sha256} hidden: ${hidden.join(" ")}`;
}
