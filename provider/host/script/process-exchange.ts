import { Exchange, type ExchangeOptions } from "./exchange";
import type { RunningProcess } from "./running-process";

/** Reads the answer of the script that a process was started for; the process is given up when that is over. */
export function processExchange(process: RunningProcess, options: Omit<ExchangeOptions, "shell" | "over">): Exchange {
  const exchange = new Exchange({ ...options, shell: "new", over: () => process.stop() });
  process.stdout.on("data", (chunk: Buffer) => exchange.stdout(chunk));
  process.stderr.on("data", (chunk: Buffer) => exchange.stderr(chunk));
  void process.ended.then((end) => exchange.end(end));
  return exchange;
}
