import type * as Certificate from "./certificate";
import type * as Config from "./config";
import type * as Connector from "./connector";
import type * as Driver from "./driver";
import { lazily } from "./lazily";
import type * as Launcher from "./launcher";
import type { Lifecycle } from "./lifecycle";
import type * as Desktop from "./machine";
import type { Services } from "./services";

export type KindName = "connector" | "driver" | "certificate" | "config" | "desktopConnector" | "desktopLauncher";

/** The lifecycle of each kind of resource, loaded when one of that kind is first met: the start of the process is part of every preview. */
export function lifecyclesOf(services: Services): Readonly<Record<KindName, () => Lifecycle>> {
  /* eslint-disable @typescript-eslint/no-require-imports -- an import would load it at the start */
  return {
    connector: lazily(() => (require("./connector") as typeof Connector).connectorLifecycle(services)),
    driver: lazily(() => (require("./driver") as typeof Driver).driverLifecycle(services)),
    certificate: lazily(() => (require("./certificate") as typeof Certificate).certificateLifecycle(services)),
    config: lazily(() => (require("./config") as typeof Config).configLifecycle(services)),
    desktopConnector: lazily(() => (require("./machine") as typeof Desktop).desktopLifecycle(services)),
    desktopLauncher: lazily(() => (require("./launcher") as typeof Launcher).launcherLifecycle(services)),
  };
}
