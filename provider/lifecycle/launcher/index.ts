import { lazily } from "../lazily";
import type { Lifecycle } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { checkLauncher } from "./check";
import type * as OnMachine from "./on-machine";
import { tellLauncher } from "./tell-launcher";

/** TableauDesktopLauncher: a file by which Tableau Desktop is started with the switches for connector development. */
export function launcherLifecycle(services: Services): Lifecycle {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a preview touches no machine and loads nothing of it
  const onMachine = lazily(() => (require("./on-machine") as typeof OnMachine).launcherOnMachine(services));
  return {
    check: (olds, news) => Promise.resolve(checkLauncher(services, olds, news)),
    diff: (_id, olds, news) => {
      const sentence = tellLauncher(olds, news);
      if (sentence !== null) services.voice.say(urnOf(news), sentence);
      return Promise.resolve({});
    },
    create: (inputs) => onMachine().create(inputs),
    read: (id, olds) => onMachine().read(id, olds),
    update: (id, olds, news) => onMachine().update(id, olds, news),
    delete: (id, olds) => onMachine().delete(id, olds),
  };
}
