import { setTimeout as sleep } from "node:timers/promises";

/** Waits until something is so. @throws Error where it is not after ten seconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error("It does not happen.");
}
