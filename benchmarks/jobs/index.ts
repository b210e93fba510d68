import { driftCheck, firstDeployment, oneChanged } from "./against-peers";
import type { Job } from "./job";
import { largeFile } from "./large-file";
import { parsers } from "./parsers";
import { plugin } from "./plugin";
import { preview } from "./preview";
import { providerStart } from "./provider-start";
import { restarts } from "./restarts";
import { scaleConnectors } from "./scale-connectors";
import { scaleNodes } from "./scale-nodes";
import { signature } from "./signature";
import { wholeUp } from "./whole-up";

/** Every benchmark, in the order in which they run. A new one is a file beside this one and a line here. */
export const jobs: readonly Job[] = [
  driftCheck,
  firstDeployment,
  oneChanged,
  wholeUp,
  largeFile,
  scaleNodes,
  scaleConnectors,
  preview,
  providerStart,
  plugin,
  restarts,
  signature,
  parsers,
];
