import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TsmCall } from "./cluster-state";
import type { ServerRecord } from "./controller/server-record";
import type { Installation } from "./connectors/places";
import type { Login } from "./nodes/accounts";
import type { Platform } from "./nodes/any-node";
import type { Transport } from "./nodes/node";
import type { Switches } from "./switches";

/** What a cluster's folder remembers, in `cluster.json`. */
export interface SavedCluster {
  version: string;
  build: string;
  readonly platform: Platform;
  readonly login: Login;
  /** Where Tableau Server is on its nodes. */
  readonly installation: Installation;
  readonly transport: Transport;
  readonly nodes: { readonly name: string; port: number }[];
  switches: Switches;
  readonly server: ServerRecord;
  readonly calls: TsmCall[];
  /** The process that runs the cluster now, and how to reach it. */
  control: { readonly pid: number; readonly port: number; readonly token: string } | undefined;
}

export function readCluster(directory: string): SavedCluster | undefined {
  const path = join(directory, "cluster.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as SavedCluster) : undefined;
}

export function writeCluster(directory: string, saved: SavedCluster): void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, "cluster.json");
  // It is written at each change: the oldest calls of tsm are only remembered while the cluster runs.
  writeFileSync(`${path}.part`, JSON.stringify({ ...saved, calls: saved.calls.slice(-500) }), { mode: 0o600 });
  chmodSync(`${path}.part`, 0o600);
  renameSync(`${path}.part`, path);
}
