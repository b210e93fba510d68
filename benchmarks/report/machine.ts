import { cpus, loadavg, release, totalmem } from "node:os";
import { peerVersions } from "../contestants/peers";

/** What a result was measured on. */
export type Machine = Readonly<Record<string, string>>;

export async function describeMachine(): Promise<Machine> {
  const [cpu] = cpus();
  return {
    processor: `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `Linux ${release()}`,
    "load before": loadavg()[0]?.toFixed(1) ?? "",
    node: process.version,
    ...(await peerVersions().catch(() => ({}))),
  };
}
