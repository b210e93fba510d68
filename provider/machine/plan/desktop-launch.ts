import { TableauError } from "../../vocabulary/error";
import { launcherText, wordFor } from "./launcher-text";

/** How Tableau Desktop is to be started. */
export interface DesktopLaunchOptions {
  /** The system it runs on. */
  readonly platform: "windows" | "macos" | "linux";
  /** Default: "desktop". No public way is known for "prep" and "bridge": an error says so. */
  readonly product?: "desktop" | "prep" | "bridge";
  /** Release, such as "2024.2": by it the program is found in its usual place. Default: `executable` must be given. */
  readonly version?: string;
  /** Path of the program. Default: the usual place of `version`; for Linux there is none. */
  readonly executable?: string;
  /** Folder whose packages, and folders with a `manifest.xml`, are loaded too. Default: none. */
  readonly connectPluginsPath?: string;
  /** Load packages without verifying their signatures, in this start alone. Default: false. */
  readonly disableVerifyConnectorPluginSignature?: boolean;
}

/** A start of Tableau Desktop, ready to be run. */
export interface DesktopLaunch {
  /** Path of the program. */
  readonly executable: string;
  /** Its arguments, as the program gets them. */
  readonly args: readonly string[];
  /** One line for that system's shell: cmd.exe on Windows, else sh. */
  readonly commandLine: string;
  /** Text of a launcher file: a `.cmd` (with CRLF), a `.command`, or a `.desktop` file. */
  readonly launcher: string;
}

/**
 * The exact command that starts Tableau Desktop for somebody who develops connectors. Nothing is switched off for ordinary
 * starts: both switches hold for the start that they are given to, and for no other.
 *
 * @throws TableauError argument-invalid, for Tableau Prep Builder and Tableau Bridge too: they have no such switches.
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export function desktopLaunch(options: DesktopLaunchOptions): DesktopLaunch {
  const { platform, connectPluginsPath, disableVerifyConnectorPluginSignature: unverified } = options;
  refuseOthers(options.product ?? "desktop");
  const executable = options.executable ?? usualPlace(platform, options.version);
  if (connectPluginsPath === "") throw invalid("`connectPluginsPath` is empty.", "Name a folder, or leave it out.");
  for (const text of [executable, connectPluginsPath ?? ""]) refuseUnwritable(platform, text);
  const args = [
    ...(connectPluginsPath === undefined ? [] : [`-DConnectPluginsPath=${connectPluginsPath}`]),
    ...(unverified === true ? ["-DDisableVerifyConnectorPluginSignature=true"] : []),
  ];
  const words = [executable, ...args];
  return {
    executable,
    args,
    commandLine: words.map((word) => wordFor(platform, word)).join(" "),
    launcher: launcherText(platform, words, ""),
  };
}

function refuseOthers(product: string): void {
  if (product === "desktop") return;
  const title = product === "prep" ? "Tableau Prep Builder" : "Tableau Bridge";
  throw invalid(
    `${title} has no public switch for unverified packages or another folder of connectors.`,
    "Sign the package, or try it in Tableau Desktop.",
  );
}

function usualPlace(platform: DesktopLaunchOptions["platform"], version: string | undefined): string {
  if (platform === "linux") {
    throw invalid("Tableau Desktop does not exist for Linux.", "Give `executable` if you have a way to run it there.");
  }
  if (version === undefined) throw invalid("Where Tableau Desktop is depends on its release.", "Give `version`, or `executable`.");
  if (!/^\d{4}\.\d+$/.test(version)) {
    throw invalid(`Expected a release such as "2024.2", got ${JSON.stringify(version)}.`, "Correct `version`.");
  }
  return platform === "windows"
    ? `C:\\Program Files\\Tableau\\Tableau ${version}\\bin\\tableau.exe`
    : `/Applications/Tableau Desktop ${version}.app/Contents/MacOS/Tableau`;
}

function refuseUnwritable(platform: string, text: string): void {
  const shown = JSON.stringify(text.slice(0, 80));
  if (/\p{Cc}/u.test(text)) throw invalid(`A path holds a control character: ${shown}.`, "Correct the path.");
  if (platform === "windows" && text.includes('"')) {
    throw invalid(`No path on Windows holds a quotation mark: ${shown}.`, "Correct the path.");
  }
}

function invalid(message: string, next: string): TableauError {
  return new TableauError("argument-invalid", { message, next });
}
