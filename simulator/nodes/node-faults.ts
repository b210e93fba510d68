import { rmSync } from "node:fs";
import { sharedFolder } from "../connectors/folders";
import { simulatorError } from "../fail";
import type { FaultName } from "../faults";
import { quote } from "../quote";
import { defaultSudoers, deployUser } from "./accounts";
import type { SimulatedNode } from "./node";

interface NodeFault {
  /** Whether it concerns all nodes, the initial one, or the one that the setting names. */
  readonly scope: "all" | "initial" | "named";
  readonly apply: (node: SimulatedNode, setting: string) => Promise<void> | void;
  readonly clear: (node: SimulatedNode, setting: string) => Promise<void> | void;
}

const accounts = { clear: (node: SimulatedNode): void => node.writeAccounts({}) };
const bashrc = { clear: (node: SimulatedNode): void => node.writeBashrc([]) };
const otherBuilds = ["20191.19.0215.0259", "20233.23.1017.0948", "20263.26.0101.0000"];

/** The faults that a node itself has. */
export const nodeFaults: Readonly<Partial<Record<FaultName, NodeFault>>> = {
  "not-authorised": { scope: "all", ...accounts, apply: (node) => node.writeAccounts({ tsmadmin: "no-member" }) },
  "sudo-password": {
    scope: "all",
    ...accounts,
    apply: (node) => node.writeAccounts({ sudoers: [`${deployUser.name} ALL=(ALL:ALL) ALL`] }),
  },
  "sudo-commands": {
    scope: "all",
    ...accounts,
    apply: (node, list) => node.writeAccounts({ sudoers: [`${deployUser.name} ALL=(ALL:ALL) NOPASSWD: ${list}`] }),
  },
  requiretty: {
    scope: "all",
    ...accounts,
    apply: (node) => node.writeAccounts({ sudoers: ["Defaults requiretty", ...defaultSudoers(node.options.login)] }),
  },
  "noisy-login": {
    scope: "all",
    ...bashrc,
    apply: (node, text) => node.writeBashrc([`printf '%s\\n' ${quote(text || "Welcome to this node!")}`]),
  },
  banner: {
    scope: "all",
    apply: (node, text) => node.setSshOptions({ banner: `${text || "Authorised use only."}\n` }),
    clear: (node) => node.setSshOptions({ banner: "" }),
  },
  "umask-077": {
    scope: "all",
    apply: (node) => node.setSshOptions({ umask: "077" }),
    clear: (node) => node.setSshOptions({ umask: "022" }),
  },
  "tsm-not-on-path": { scope: "all", apply: (node) => node.writeProfile("missing"), clear: (node) => node.writeProfile("present") },
  "several-versions": {
    scope: "all",
    apply: (node) => otherBuilds.forEach((build) => node.writeTsm(build)),
    clear: (node) => otherBuilds.forEach((build) => rmSync(node.packageFolder("customer-bin", build), { recursive: true })),
  },
  "slow-node": {
    scope: "named",
    apply: (node, milliseconds) => node.gate.delay(Number(milliseconds || 300)),
    clear: (node) => node.gate.delay(0),
  },
  "unreachable-node": {
    scope: "named",
    apply: (node, how) => node.gate.setMode(how === "hang" ? "hang" : "refuse"),
    clear: (node) => node.gate.setMode("open"),
  },
  "cut-upload": {
    scope: "named",
    apply: (node, bytes) => node.gate.cutAfter(Number(bytes)),
    clear: (node) => node.gate.cutAfter(undefined),
  },
  "disk-full": { scope: "named", apply: (node, setting) => fill(node, setting), clear: (node, setting) => unfill(node, setting) },
  "read-only": {
    scope: "named",
    apply: (node, folder) => must(node, `protect ${quote(folder || sharedFolder)}`),
    clear: (node, folder) => must(node, `umount -l ${quote(folder || sharedFolder)}`),
  },
  "files-held": {
    scope: "named",
    apply: () => {
      throw simulatorError('Linux nodes do not have the fault "files-held".', "Take another one.");
    },
    clear: () => undefined,
  },
  "clock-skew": {
    scope: "initial",
    apply: (node, seconds) => must(node, `skew_clock ${Number(seconds)}`),
    clear: (node) => must(node, "mend_clock"),
  },
};

function full(node: SimulatedNode, setting: string): { free: string; folders: string[] } {
  const [free = "", folder] = setting.split(":");
  return { free: free || "0", folders: folder === undefined ? [sharedFolder, node.options.stateDirectory] : [folder] };
}

async function fill(node: SimulatedNode, setting: string): Promise<void> {
  const { free, folders } = full(node, setting);
  for (const folder of folders) await node.control.must(`fill ${quote(folder)} ${Number(free)}`);
  node.hasOwnMounts = "yes";
}

async function unfill(node: SimulatedNode, setting: string): Promise<void> {
  for (const folder of full(node, setting).folders) await node.control.must(`unfill ${quote(folder)}`);
  node.hasOwnMounts = "no";
}

async function must(node: SimulatedNode, command: string): Promise<void> {
  await node.control.must(command);
}
