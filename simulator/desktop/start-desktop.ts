import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { keyPair } from "../nodes/keys";
import { Desktop } from "./desktop";
import type { DesktopOptions } from "./desktop-options";
import { desktopPlaces } from "./desktop-places";
import { PosixMachine } from "./posix-machine";
import { WindowsDesktopMachine } from "./windows-machine";

/**
 * Starts a simulated machine with Tableau Desktop, Prep Builder or Bridge on it, in this process. It ends with `stop()`, or
 * when this process ends.
 *
 * @throws TableauError (simulator-failed) for macOS and Linux where this machine does not allow namespaces.
 */
export async function startDesktop(given: DesktopOptions): Promise<Desktop> {
  const options = { ...given, directory: resolve(given.directory) };
  mkdirSync(options.directory, { recursive: true });
  const places = desktopPlaces(options);
  const client = keyPair(join(options.directory, "keys"), "client");
  const host = keyPair(join(options.directory, "keys"), "host");
  const keys = { hostKey: host.private, authorizedKey: client.public };
  const machine =
    options.platform === "windows" ? new WindowsDesktopMachine(options, places, keys) : new PosixMachine(options, places, keys);
  try {
    const port = await machine.start();
    return new Desktop({ options, places, machine, port, keys: { clientKeyPath: client.path, hostPublicKey: host.public } });
  } catch (error) {
    await machine.stop();
    throw error;
  }
}
