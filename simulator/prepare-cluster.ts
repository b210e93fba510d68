import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { isClusterRunning } from "./attach-cluster";
import type { ClusterOptions } from "./cluster-options";
import { newServerRecord } from "./controller/server-record";
import { simulatorError } from "./fail";
import type { Platform } from "./nodes/any-node";
import type { Isolation } from "./nodes/control";
import type { Transport } from "./nodes/node";
import { linuxInstallation } from "./nodes/places";
import { sshdProgram } from "./nodes/open-ssh-server";
import { buildOf } from "./release";
import { readCluster, type SavedCluster } from "./saved-cluster";
import { defaultSwitches } from "./switches";
import { windowsInstallation } from "./windows/places";

/** What the cluster starts from: what its folder remembers, then what is asked for, then the defaults. */
export function prepareCluster(options: ClusterOptions, isolation: Isolation): SavedCluster {
  const before = readCluster(options.directory);
  if (isClusterRunning(options.directory)) {
    throw simulatorError(`A cluster runs in ${options.directory} already.`, "Stop it first, or take another folder.");
  }
  const platform = before?.platform ?? options.platform ?? "linux";
  const transport = options.transport ?? before?.transport ?? defaultTransport(platform, isolation);
  const login = options.login ?? before?.login ?? "root";
  if (platform === "windows") checkWindows(transport, login);
  else checkAllowed(transport, login, isolation, options.nodes);
  const count = transport === "local" ? 1 : (options.nodes ?? 3);
  const version = before?.version ?? options.version ?? "2024.2";
  const usual = platform === "windows" ? windowsInstallation : linuxInstallation;
  const installation = before?.installation ?? {
    programs: options.installationDirectory ?? usual.programs,
    data: options.dataDirectory ?? usual.data,
  };
  const status = options.running === false ? "STOPPED" : "RUNNING";
  return {
    version,
    build: buildOf(version),
    platform,
    login,
    installation,
    transport,
    nodes: before?.nodes ?? Array.from({ length: count }, (_, index) => ({ name: `node${index + 1}`, port: 0 })),
    switches: { ...defaultSwitches(), ...before?.switches, ...options.switches },
    server: before?.server ?? newServerRecord(status, runAsName(platform, transport, isolation)),
    calls: before?.calls ?? [],
    control: undefined,
  };
}

// As `runAs` of the nodes has it.
function runAsName(platform: Platform, transport: Transport, isolation: Isolation): string {
  if (platform === "windows") return String.raw`NT AUTHORITY\NETWORK SERVICE`;
  if (transport === "local") return userInfo().username;
  return isolation === "user" ? "root" : "tableau";
}

function defaultTransport(platform: Platform, isolation: Isolation): Transport {
  if (platform === "windows") return "builtin";
  if (isolation === "none") return "local";
  return isolation === "root" && existsSync(sshdProgram) ? "openssh" : "builtin";
}

function checkWindows(transport: string, login: string): void {
  if (transport !== "builtin") {
    throw simulatorError(`Windows nodes know no transport "${transport}".`, 'Take the transport "builtin", or none.');
  }
  if (login !== "root") throw simulatorError(`Windows nodes know no login "${login}".`, "Take none: it is an administrator's.");
}

function checkAllowed(transport: Transport, login: string, isolation: Isolation, count: number | undefined): void {
  const refuse = (message: string, next: string): never => {
    throw simulatorError(message, next);
  };
  if (transport === "local") {
    if ((count ?? 1) > 1) refuse("The machine itself can be one node only.", "Take one node, or a machine that allows mount namespaces.");
    return;
  }
  if (isolation === "none") {
    refuse("This machine allows no mount namespaces.", 'Take the transport "local": one node, which is this machine.');
  }
  if (isolation === "user" && transport === "openssh") {
    refuse("sshd cannot be started in a namespace of a user who is not root.", 'Take the transport "builtin".');
  }
  if (isolation === "user" && login !== "root") {
    refuse("A namespace of a user who is not root has one user only.", 'Take the login "root".');
  }
  if (transport === "openssh" && !existsSync(sshdProgram)) {
    refuse(`${sshdProgram} is not installed.`, 'Install the OpenSSH server, or take the transport "builtin".');
  }
  if (login === "sudo" && !existsSync("/usr/bin/sudo")) {
    refuse("sudo is not installed.", 'Install it, or take the login "root" or "tsmadmin".');
  }
}
