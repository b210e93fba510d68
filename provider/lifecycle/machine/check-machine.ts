import { products, whyNotOn, type PlatformName, type ProductName } from "../../machine/plan/products";
import { checkEndpoint } from "../inputs/check-server";
import type { Failures } from "../inputs/failures";
import { checkRelease } from "../inputs/release";
import { isUnknown } from "../../schema/unknown";

const platforms: readonly string[] = ["windows", "macos", "linux"] satisfies PlatformName[];

/** Looks at `machine` of a resource; what is unknown in a preview is passed over. */
export function checkMachine(machine: unknown, failures: Failures): void {
  if (machine === undefined || machine === null) {
    failures.add("machine", "is missing: expected { name, product?, connection?, repository?, version?, platform? }");
    return;
  }
  const value = failures.object(machine, "machine");
  if (isUnknown(machine)) return;
  failures.requiredText(value["name"], "machine.name");
  checkProduct(value["product"], value["platform"], failures);
  checkRelease(value["version"], "machine.version", failures);
  checkFolder(value["repository"], "machine.repository", failures);
  checkFolder(value["driversDirectory"], "machine.driversDirectory", failures);
  checkEndpoint(value, "machine.connection", failures);
  const proxy = failures.object(value["proxy"], "machine.connection.proxy");
  if (value["proxy"] === undefined || isUnknown(value["proxy"])) return;
  failures.requiredText(proxy["host"], "machine.connection.proxy.host");
  checkEndpoint(proxy, "machine.connection.proxy", failures);
}

function checkProduct(product: unknown, platform: unknown, failures: Failures): void {
  if (product === "cloud" || product === "server") {
    failures.add("machine.product", product === "cloud" ? noCloud : "Tableau Server has resources of its own: ConnectorDeployment");
    return;
  }
  failures.oneOf(product, "machine.product", Object.keys(products));
  failures.oneOf(platform, "machine.platform", platforms);
  const name = product ?? "desktop";
  if (typeof name !== "string" || !Object.hasOwn(products, name) || typeof platform !== "string" || !platforms.includes(platform)) return;
  const reason = whyNotOn(name as ProductName, platform as PlatformName);
  if (reason !== null) failures.add("machine.platform", reason);
}

const noCloud =
  'Tableau Cloud takes no packages of yours, only connectors that Tableau Exchange hosts: put the package on the machine of Tableau Bridge, product "bridge", which brings the data to Tableau Cloud';

function checkFolder(folder: unknown, at: string, failures: Failures): void {
  const path = failures.text(folder, at);
  if (path === undefined) return;
  const absolute = /^(\/|~\/|[A-Za-z]:[\\/]|\\\\[^\\])/.test(path);
  if (!absolute || /^(\/+|[A-Za-z]:[\\/]?)$/.test(path)) {
    failures.add(at, `expected an absolute path on the machine, or one that begins with "~/", got ${JSON.stringify(path)}`);
  }
  if (/[\r\n]/.test(path)) failures.add(at, "has a line end in it");
  if (path.split(/[\\/]/).includes("..")) failures.add(at, `expected a path without "..", got ${JSON.stringify(path)}`);
}
