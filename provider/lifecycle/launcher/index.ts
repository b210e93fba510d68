import { Declared } from "../declared";
import type { Lifecycle } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { whenNeeded } from "../when-needed";
import { checkLauncher } from "./check";
import type * as OnMachine from "./on-machine";
import { tellLauncher } from "./tell-launcher";

/** TableauDesktopLauncher: a file by which Tableau Desktop is started with the switches for connector development. */
export function launcherLifecycle(services: Services): Lifecycle {
  const declared = new Declared();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a preview touches no machine and loads nothing of it
  const onMachine = whenNeeded(() => (require("./on-machine") as typeof OnMachine).launcherOnMachine(services));
  return {
    check: (olds, news) => Promise.resolve(checkLauncher(services, declared, olds, news)),
    diff: (_id, olds, news) => {
      const sentence = tellLauncher(olds, news);
      if (sentence !== null) services.voice.say(urnOf(news), sentence);
      return Promise.resolve({});
    },
    ...onMachine,
  };
}
