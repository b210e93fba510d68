import { createHash } from "node:crypto";
import { TableauError } from "../../vocabulary/error";
import type { PlatformName } from "../../machine/plan/products";
import { desktopLaunch } from "../../machine/plan/desktop-launch";
import { launcherText } from "../../machine/plan/launcher-text";
import { checkMachine } from "../machine/check-machine";
import type { MachineInputs } from "../machine/desktop-inputs";
import { checkOneResource } from "../machine/check-one-resource";
import type { Declared } from "../declared";
import { Failures } from "../inputs/failures";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { hasUnknown, isUnknown, unknownValue } from "../../schema/unknown";
import { urnOf } from "../urn-of";
import { tellLauncher } from "./tell-launcher";

const endings: Readonly<Record<PlatformName, string>> = { windows: ".cmd", macos: ".command", linux: ".desktop" };
const ofThisMachine: Readonly<Partial<Record<NodeJS.Platform, PlatformName>>> = { win32: "windows", darwin: "macos", linux: "linux" };

/** Computes the text of the launcher, and refuses what would start nothing. Touches no machine. */
export function checkLauncher(
  services: Services,
  declared: Declared,
  olds: Properties,
  news: Properties,
): Awaited<ReturnType<Lifecycle["check"]>> {
  const failures = new Failures();
  checkMachine(news["machine"], failures);
  for (const name of ["path", "executable", "connectPluginsPath"]) failures.text(news[name], name);
  for (const name of ["disableVerifyConnectorPluginSignature", "overwriteUnmanaged"]) failures.flag(news[name], name);
  const given = Object.fromEntries(Object.entries(news).filter(([key]) => !["content", "placed"].includes(key)));
  const { credentials: _secret, ...open } = news;
  if (failures.list.length > 0) return { inputs: given, failures: failures.list };
  if (isUnknown(open["machine"]) || ["product", "platform", "version"].some((key) => isUnknown((open["machine"] as Properties)[key]))) {
    return { inputs: { ...given, content: unknownValue, placed: unknownValue }, failures: [] };
  }
  const platform = platformOf(news["machine"] as MachineInputs);
  if (platform === null) {
    failures.add("machine.platform", "is missing: the text of the launcher depends on the system it is for");
    return { inputs: given, failures: failures.list };
  }
  const path = news["path"] ?? `~/Desktop/Tableau Desktop for connectors${endings[platform]}`;
  checkPath(path, platform, failures);
  checkOneResource(declared, { folder: null, name: "path" }, olds, { ...given, path }, failures);
  if (hasUnknown(open)) return { inputs: { ...given, path, content: unknownValue, placed: unknownValue }, failures: failures.list };
  const content = textOf(news, platform, failures);
  const inputs = { ...given, path, content, placed: createHash("sha256").update(content).digest("hex") };
  const sentence = Object.keys(olds).length === 0 && failures.list.length === 0 ? tellLauncher(null, inputs) : null;
  if (sentence !== null) services.voice.say(urnOf(news), sentence);
  return { inputs, failures: failures.list };
}

function platformOf({ platform, host }: MachineInputs): PlatformName | null {
  return platform ?? (host === undefined ? (ofThisMachine[process.platform] ?? null) : null);
}

function checkPath(path: unknown, platform: PlatformName, failures: Failures): void {
  if (typeof path !== "string" || isUnknown(path)) return;
  if (!/^(\/|~\/|[A-Za-z]:[\\/])/.test(path)) {
    failures.add("path", `expected an absolute path on the machine, or one that begins with "~/", got ${JSON.stringify(path)}`);
  }
  if (!path.endsWith(endings[platform])) {
    failures.add("path", `expected a name that ends in ${endings[platform]}, got ${JSON.stringify(path)}`);
  }
  if (/\p{Cc}/u.test(path)) failures.add("path", "has a control character in it");
}

function textOf(news: Properties, platform: PlatformName, failures: Failures): string {
  const { product, version } = news["machine"] as MachineInputs;
  const { executable, connectPluginsPath, disableVerifyConnectorPluginSignature } = news;
  const given: Properties = { product, version, executable, connectPluginsPath, disableVerifyConnectorPluginSignature };
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  try {
    const { executable: program, args } = desktopLaunch({ platform, ...options });
    return launcherText(platform, [program, ...args], createHash("sha256").update(urnOf(news)).digest("hex").slice(0, 12));
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(product === "prep" || product === "bridge" ? "machine.product" : "executable", error.message);
    return "";
  }
}
