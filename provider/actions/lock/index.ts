import { longText, phrase } from "../../host/fields";
import { many, maybe } from "../../host/reply";
import { action } from "../action";
import { arg } from "../arguments";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import { unsafeLine } from "../unsafe-folder";
import script from "./linux.sh";
import { onWindows } from "./windows";

const holder = phrase(1100);

/** Waits for the lock of a server, and holds it for as long as the action goes on. */
export const lock = action({
  name: "hold-lock",
  as: "privileged",
  args: { stateDirectory: arg.path, holder: arg.text, waitSeconds: arg.int },
  linux: folders + failing + script,
  windows: onWindows,
  reply: {
    // The script has no more to say while it holds the lock.
    locked: { ...maybe({}), last: true },
    waiting: many(100_000, { holder }),
    held: maybe({ holder }),
    unsafe: maybe(unsafeLine),
    failed: maybe({ what: phrase(4096), words: longText(16_384) }),
  },
  mostHeld: () => 2 * 1024 * 1024,
});
