import { desktopConnector } from "../../schema/desktop-connector";
import { Failures } from "../../schema/failures";
import { check } from "../../schema/read";
import { hasUnknown, isUnknown, unknownValue } from "../../schema/unknown";
import { checkPackage } from "../connector/check-package";
import type { Declared } from "../declared";
import type { Lifecycle, Properties } from "../lifecycle";
import { isFolder } from "../package/folder-source";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { without } from "../without";
import { checkMachine } from "./check-machine";
import { checkNotedName } from "./check-noted-name";
import { checkOneResource } from "./check-one-resource";
import { machineAudience } from "./machine-audience";
import { relaunchOf } from "./relaunch-of";
import { tellDesktop } from "./tell-desktop";

/** Reads the package, refuses what the product would refuse, and computes what a preview shall show. Touches no machine. */
export async function checkDesktop(
  services: Services,
  declared: Declared,
  olds: Properties,
  news: Properties,
): ReturnType<Lifecycle["check"]> {
  const failures = new Failures();
  const draft = { ...check(desktopConnector.given, news, failures), urn: urnOf(news) };
  checkMachine(draft.machine, news, failures);
  const given = { ...without(news, ["placed"]), relaunch: relaunchOf(news["machine"]) };
  const audience = machineAudience(services, draft.machine);
  if (draft.source !== undefined && !isUnknown(draft.source) && (await isFolder(draft.source))) {
    failures.add("source", `is a folder; expected a .taco file. ${audience.unpackedHint}`);
    return { inputs: given, failures: failures.list };
  }
  const checked = await checkPackage(services, draft, audience, failures);
  if (checked.kind === "unknown") return unknownYet(services, news, given, failures);
  if (checked.kind === "unusable") return { inputs: given, failures: failures.list };
  const inputs: Properties = { ...given, ...checked.computed, placed: checked.sha256 };
  checkNotedName(checked.computed.fileName, failures);
  checkOneResource(declared, { folder: "repository", name: "fileName" }, olds, inputs, failures);
  if (failures.list.length === 0) say(services, olds, inputs, checked.openQuestion);
  return { inputs, failures: failures.list };
}

function unknownYet(services: Services, news: Properties, given: Properties, failures: Failures): Awaited<ReturnType<Lifecycle["check"]>> {
  const computed = Object.fromEntries(Object.keys(desktopConnector.computed).map((key) => [key, unknownValue]));
  const known = Object.fromEntries(["sha256", "fileName"].filter((key) => news[key] !== undefined).map((key) => [key, news[key]]));
  services.voice.say(
    urnOf(news),
    "The package is not known yet and cannot be checked in preview; an `up` checks it before the machine is touched.",
  );
  return { inputs: { ...given, ...without(computed, ["relaunch"]), ...known }, failures: failures.list };
}

// The sentence of an update comes from diff, which is not called for a create.
function say(services: Services, olds: Properties, inputs: Properties, openQuestion: string): void {
  const isCreate = Object.keys(olds).length === 0 && !hasUnknown(inputs["machine"]);
  const sentence = `${isCreate ? (tellDesktop(null, inputs) ?? "") : ""} ${openQuestion}`.trim();
  if (sentence !== "") services.voice.say(urnOf(inputs), sentence);
}
