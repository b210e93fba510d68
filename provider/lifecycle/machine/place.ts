import { randomBytes } from "node:crypto";
import { fetchMachineTrust } from "../../machine/trust";
import { lookAtMachine } from "../../machine/observe";
import type { Host } from "../../host/host";
import { planDesktop } from "../../machine/plan/plan-desktop";
import { products } from "../../machine/plan/products";
import type { SeenMachine } from "../../machine/plan/seen-machine";
import { desktopConnector, type DesktopInputs, type DesktopState } from "../../schema/desktop-connector";
import { parse } from "../../schema/read";
import { identify } from "../config/identify";
import { approveOnHost } from "../connector/approve-on-host";
import type { Properties } from "../lifecycle";
import type { Services } from "../services";
import { carryOut } from "./carry-out";
import { leaveEarlierPlace } from "./remove-from-old-path";
import { productOf, trustHolder } from "./machine-audience";
import { sameMachine } from "./same-machine";
import { toDesiredOnMachine } from "./to-desired-on-machine";
import { toMachineHost } from "./to-machine-host";
import { commandTimeoutSeconds, toMachineQuestion } from "./to-machine-question";

/**
 * Observes the machine, plans, and brings the package into its place; what an earlier version of the resource placed
 * elsewhere on that machine goes.
 */
export async function bringIntoPlace(services: Services, olds: DesktopState | null, news: Properties): Promise<Properties> {
  const properties = parse(desktopConnector.inputs, news);
  const host = toMachineHost(services, properties);
  const seen = await lookAtMachine(host, toMachineQuestion(properties), identify);
  const ownerToken = olds?.ownerToken ?? randomBytes(12).toString("hex");
  // What this resource itself leaves behind cannot hide what it brings.
  const others = seen.packages.filter((one) => !leaves(olds, properties, seen, one));
  const plan = planDesktop(toDesiredOnMachine(properties, olds?.ownerToken ?? null), { ...seen, packages: others });
  const couldBe = seen.otherRepositories.map((other) => `${other} could be meant too; \`machine.repository\` names the right one.`);
  await carryOut(services, host, properties, {
    placing: plan,
    warnings: [...plan.warnings, ...couldBe],
    seen,
    ownerToken,
    approve: (bytes) => approve(services, host, properties, bytes),
  });
  const placed = { folder: seen.folder, ownerToken };
  if (olds !== null) await leaveEarlierPlace(services, olds, { ...properties, ...placed });
  return { ...news, ...placed };
}

async function approve(services: Services, host: Host, properties: DesktopInputs, bytes: Buffer): Promise<void> {
  const { machine, sha256, fileName, requireSignature, trustStore = null, __urn: urn } = properties;
  if (requireSignature === false) return;
  const product = productOf(machine);
  const { title, verifiesFrom } = products[product];
  const release = machine.version ?? null;
  await approveOnHost(services, {
    host,
    node: trustHolder(machine),
    fetchTrust: (known) => fetchMachineTrust(host, { product, release, known, timeoutSeconds: commandTimeoutSeconds }),
    trustStore,
    storePlace: product === "bridge" ? "unknown" : "documented",
    product: title,
    release,
    verifiesFrom,
    ...{ sha256, fileName, bytes, urn },
  });
}

function leaves(
  olds: DesktopState | null,
  news: DesktopInputs,
  seen: SeenMachine,
  { folder, fileName, sha256 }: SeenMachine["packages"][number],
): boolean {
  if (olds === null || !sameMachine(olds.machine, news.machine)) return false;
  const isOld = folder === olds.folder && fileName === olds.fileName && sha256 === olds.sha256;
  return isOld && (folder !== seen.folder || fileName !== news.fileName);
}
