import { rmSync } from "node:fs";
import { join } from "node:path";
import type { FaultName } from "../faults";
import type { WindowsNode } from "./windows-node";

interface WindowsFault {
  readonly apply: (node: WindowsNode, setting: string) => Promise<void> | void;
  readonly clear: (node: WindowsNode, setting: string) => Promise<void> | void;
}

const otherBuilds = ["20191.19.0215.0259", "20233.23.1017.0948", "20263.26.0101.0000"];

/** The faults of nodes that a Windows node can have; which nodes are concerned is the same as on Linux. */
export const windowsFaults: Readonly<Partial<Record<FaultName, WindowsFault>>> = {
  "not-authorised": {
    apply: ({ condition }) => void (condition.administrator = "no-member"),
    clear: ({ condition }) => void (condition.administrator = "member"),
  },
  "noisy-login": {
    apply: ({ condition }, text) => void (condition.autoRun = text || "Welcome to this node!"),
    clear: ({ condition }) => void (condition.autoRun = ""),
  },
  banner: {
    apply: (node, text) => node.setSshOptions({ banner: `${text || "Authorised use only."}\n` }),
    clear: (node) => node.setSshOptions({ banner: "" }),
  },
  "tsm-not-on-path": {
    apply: ({ condition }) => void (condition.variables = "missing"),
    clear: ({ condition }) => void (condition.variables = "set"),
  },
  "several-versions": {
    apply: (node) => otherBuilds.forEach((build) => node.writeTsm(build)),
    clear: (node) => otherBuilds.forEach((build) => rmSync(join(node.tree, node.places.packages, `bin.${build}`), { recursive: true })),
  },
  "slow-node": {
    apply: ({ gate }, milliseconds) => gate.delay(Number(milliseconds || 300)),
    clear: ({ gate }) => gate.delay(0),
  },
  "unreachable-node": {
    apply: ({ gate }, how) => gate.setMode(how === "hang" ? "hang" : "refuse"),
    clear: ({ gate }) => gate.setMode("open"),
  },
  "cut-upload": { apply: ({ gate }, bytes) => gate.cutAfter(Number(bytes)), clear: ({ gate }) => gate.cutAfter(undefined) },
  "disk-full": {
    apply: (node, setting) => setRoom(node, setting, Number(setting.split(":")[0] ?? "")),
    clear: (node, setting) => setRoom(node, setting, undefined),
  },
  "read-only": {
    apply: (node, folder) => node.files.limits.protect(folder || node.places.connectors, "on"),
    clear: (node, folder) => node.files.limits.protect(folder || node.places.connectors, "off"),
  },
  "files-held": {
    apply: (node, folder) => node.holdFiles(folder || node.places.connectors),
    clear: (node) => node.holdFiles(undefined),
  },
  "clock-skew": {
    apply: ({ condition }, seconds) => void (condition.clockSkewSeconds = Number(seconds)),
    clear: ({ condition }) => void (condition.clockSkewSeconds = 0),
  },
};

// A folder may begin with a drive, which has a colon as well.
function setRoom({ files, places }: WindowsNode, setting: string, bytes: number | undefined): void {
  const folder = setting.split(":").slice(1).join(":");
  for (const one of folder === "" ? [places.connectors, places.state] : [folder]) files.limits.setRoom(one, bytes);
}
