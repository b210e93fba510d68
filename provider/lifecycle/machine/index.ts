import { Declared } from "../declared";
import type { Lifecycle } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { whenNeeded } from "../when-needed";
import { checkDesktop } from "./check";
import type * as OnMachine from "./on-machine";
import { tellDesktop } from "./tell-desktop";

/** TableauDesktopConnector: this package is among the connectors of a program on a person's machine, or of Tableau Bridge. */
export function desktopLifecycle(services: Services): Lifecycle {
  const declared = new Declared();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a preview touches no machine and loads nothing of it
  const onMachine = whenNeeded(() => (require("./on-machine") as typeof OnMachine).desktopOnMachine(services));
  return {
    check: (olds, news) => checkDesktop(services, declared, olds, news),
    diff: (_id, olds, news) => {
      const sentence = tellDesktop(olds, news);
      if (sentence !== null) services.voice.say(urnOf(news), sentence);
      return Promise.resolve({});
    },
    ...onMachine,
  };
}
