import { createHash } from "node:crypto";
import { TableauError } from "../../vocabulary/error";
import type { PlatformName } from "../../machine/plan/products";
import { desktopLaunch } from "../../machine/plan/desktop-launch";
import { launcherText } from "../../machine/plan/launcher-text";
import { desktopLauncher, type LauncherDraft } from "../../schema/desktop-launcher";
import { Failures } from "../../schema/failures";
import type { Inputs } from "../../schema/field";
import { check, ifKnown } from "../../schema/read";
import { isUnknown, unknownValue } from "../../schema/unknown";
import { checkMachine } from "../machine/check-machine";
import { checkOneResource } from "../machine/check-one-resource";
import type { Declared } from "../declared";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { without } from "../without";
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
  const draft = check(desktopLauncher.given, news, failures);
  checkMachine(draft.machine, news, failures);
  const given = without(news, ["content", "placed"]);
  if (failures.list.length > 0) return { inputs: given, failures: failures.list };
  const system = systemOf(draft);
  if (system === "open") return { inputs: { ...given, content: unknownValue, placed: unknownValue }, failures: [] };
  if (system === null) {
    failures.add("machine.platform", "is missing: the text of the launcher depends on the system it is for");
    return { inputs: given, failures: failures.list };
  }
  const path = draft.path ?? `~/Desktop/Tableau Desktop for connectors${endings[system]}`;
  checkPath(path, system, failures);
  checkOneResource(declared, { folder: null, name: "path" }, olds, { ...given, path }, failures);
  const launcher = ifKnown(desktopLauncher.given, draft);
  if (launcher === null) return { inputs: { ...given, path, content: unknownValue, placed: unknownValue }, failures: failures.list };
  const content = textOf(launcher, urnOf(news), system, failures);
  const inputs = { ...given, path, content, placed: createHash("sha256").update(content).digest("hex") };
  const sentence = Object.keys(olds).length === 0 && failures.list.length === 0 ? tellLauncher(null, inputs) : null;
  if (sentence !== null) services.voice.say(urnOf(news), sentence);
  return { inputs, failures: failures.list };
}

/** The system that a launcher is for; open: the text depends on what is not known yet. null: nobody says. */
function systemOf({ machine }: LauncherDraft): PlatformName | "open" | null {
  if (machine === undefined || isUnknown(machine)) return "open";
  const { product, platform, version, host } = machine;
  if (isUnknown(product) || isUnknown(platform) || isUnknown(version)) return "open";
  return platform ?? (host === undefined ? (ofThisMachine[process.platform] ?? null) : null);
}

function checkPath(path: string, platform: PlatformName, failures: Failures): void {
  if (isUnknown(path)) return;
  if (!/^(\/|~\/|[A-Za-z]:[\\/])/.test(path)) {
    failures.add("path", `expected an absolute path on the machine, or one that begins with "~/", got ${JSON.stringify(path)}`);
  }
  if (!path.endsWith(endings[platform])) {
    failures.add("path", `expected a name that ends in ${endings[platform]}, got ${JSON.stringify(path)}`);
  }
  if (/\p{Cc}/u.test(path)) failures.add("path", "has a control character in it");
}

function textOf(
  { machine, executable, connectPluginsPath, disableVerifyConnectorPluginSignature }: Inputs<typeof desktopLauncher.given>,
  urn: string,
  platform: PlatformName,
  failures: Failures,
): string {
  const { product, version } = machine;
  const given: Properties = { product, version, executable, connectPluginsPath, disableVerifyConnectorPluginSignature };
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  try {
    const { executable: program, args } = desktopLaunch({ platform, ...options });
    return launcherText(platform, [program, ...args], createHash("sha256").update(urn).digest("hex").slice(0, 12));
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(product === "prep" || product === "bridge" ? "machine.product" : "executable", error.message);
    return "";
  }
}
