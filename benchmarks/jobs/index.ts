import { driftCheck, firstDeployment, oneChanged } from "./against-peers";
import type { Job } from "./job";
import { largeFile } from "./large-file";
import { scaleConnectors } from "./scale-connectors";
import { scaleNodes } from "./scale-nodes";

/** Every benchmark, in the order in which they run. A new one is a file beside this one and a line here. */
export const jobs: readonly Job[] = [driftCheck, firstDeployment, oneChanged, largeFile, scaleNodes, scaleConnectors];
