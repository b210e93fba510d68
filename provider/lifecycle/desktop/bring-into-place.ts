import { randomBytes } from "node:crypto";
import { fetchMachineTrust } from "../../deploy/desktop/fetch-machine-trust";
import { lookAtMachine } from "../../deploy/desktop/look-at-machine";
import { placeFile } from "../../deploy/desktop/place-file";
import { TableauError } from "../../error";
import type { Host } from "../../host/host";
import { planDesktop, type MachinePlan } from "../../plan/desktop/plan-desktop";
import { products } from "../../plan/desktop/products";
import type { SeenMachine } from "../../plan/desktop/seen-machine";
import { identify } from "../config/identify";
import { approveOnHost } from "../connector/approve-on-host";
import type { Properties } from "../lifecycle";
import { readPackage } from "../package-source";
import type { Services } from "../services";
import { stackOf } from "../stack-of";
import type { DesktopOutputs, DesktopProperties } from "./desktop-inputs";
import { productOf, trustHolder } from "./machine-audience";
import { sameMachine } from "./same-machine";
import { takeAway } from "./take-away";
import { toDesiredOnMachine } from "./to-desired-on-machine";
import { toMachineHost } from "./to-machine-host";
import { commandTimeoutSeconds, toMachineQuestion } from "./to-machine-question";

/**
 * Observes the machine, plans, and brings the package into its place; what an earlier version of the resource placed
 * elsewhere on that machine goes.
 */
export async function bringIntoPlace(services: Services, olds: DesktopOutputs | null, news: Properties): Promise<DesktopOutputs> {
  const properties = news as unknown as DesktopProperties;
  const host = toMachineHost(services, news);
  const seen = await lookAtMachine(host, toMachineQuestion(properties), identify);
  const ownerToken = olds?.ownerToken ?? randomBytes(12).toString("hex");
  // What this resource itself leaves behind cannot hide what it brings.
  const others = seen.packages.filter((one) => !leaves(olds, properties, seen, one));
  const plan = planDesktop(toDesiredOnMachine(properties, olds?.ownerToken ?? null), { ...seen, packages: others });
  refuse(properties, plan);
  await carryOut(services, host, properties, plan, { seen, ownerToken });
  const outs = { ...properties, folder: seen.folder, ownerToken };
  if (olds !== null) await leaveEarlierPlace(services, olds, outs);
  return outs;
}

function refuse({ machine }: DesktopProperties, { refusals }: MachinePlan): void {
  if (refusals.length === 0) return;
  throw new TableauError("plan-refused", {
    node: machine.name,
    message: `Nothing was changed. ${refusals.join(" ")}`,
    next: "Then run `pulumi up` again.",
  });
}

async function carryOut(
  services: Services,
  host: Host,
  properties: DesktopProperties,
  plan: MachinePlan,
  { seen, ownerToken }: { readonly seen: SeenMachine; readonly ownerToken: string },
): Promise<void> {
  const { machine, source, sha256, fileName, __urn: urn } = properties;
  const { title, relaunch } = products[productOf(machine)];
  const warn = (sentence: string): void => services.voice.warn(urn, `[${machine.name}] ${sentence}`);
  for (const warning of plan.warnings) warn(warning);
  for (const other of seen.otherRepositories) warn(`${other} could be meant too; \`machine.repository\` names the right one.`);
  if (plan.action === "none") return;
  const bytes = await readPackage(source, sha256, services.cacheDirectory);
  await approve(services, host, properties, bytes);
  const note = `${ownerToken}\n${stackOf(urn)}`;
  const file = { folder: seen.folder, fileName, sha256, mode: "0644" as const, note };
  await placeFile(host, file, plan.action === "adopt" ? null : bytes, plan.was, commandTimeoutSeconds);
  const done = plan.action === "adopt" ? "has and keeps" : "placed";
  services.voice.progress(urn, `[${machine.name}] ${done} ${fileName} in ${seen.folder}`);
  if (seen.running && plan.action === "place") warn(`${title} is running: it loads ${fileName} when you ${relaunch}.`);
}

async function approve(services: Services, host: Host, properties: DesktopProperties, bytes: Buffer): Promise<void> {
  const { machine, sha256, fileName, requireSignature, __urn: urn } = properties;
  if (requireSignature === false) return;
  const product = productOf(machine);
  const { title, verifiesFrom } = products[product];
  const release = machine.version ?? null;
  await approveOnHost(services, {
    host,
    node: trustHolder(machine),
    fetchTrust: (known) => fetchMachineTrust(host, { product, release, known, timeoutSeconds: commandTimeoutSeconds }),
    product: title,
    release,
    verifiesFrom,
    ...{ sha256, fileName, bytes, urn },
  });
}

function leaves(
  olds: DesktopOutputs | null,
  news: DesktopProperties,
  seen: SeenMachine,
  { folder, fileName, sha256 }: SeenMachine["packages"][number],
): boolean {
  if (olds === null || !sameMachine(olds.machine, news.machine)) return false;
  const isOld = folder === olds.folder && fileName === olds.fileName && sha256 === olds.sha256;
  return isOld && (folder !== seen.folder || fileName !== news.fileName);
}

async function leaveEarlierPlace(services: Services, olds: DesktopOutputs, outs: DesktopOutputs): Promise<void> {
  if (!sameMachine(olds.machine, outs.machine)) {
    services.voice.warn(outs.__urn, `${olds.machine.name} is not contacted any more: ${olds.folder}/${olds.fileName} stays there.`);
    return;
  }
  if (olds.folder !== outs.folder || olds.fileName !== outs.fileName)
    await takeAway(services, { ...olds, credentials: outs.credentials ?? {} });
}
