import { hostAddress } from "../../vocabulary/host-address";
import { firstReleaseWithPackages, firstReleaseWithSharedDirectory } from "../../plan/placement/releases";
import { isAtLeast, isVersion } from "../../vocabulary/version";
import { isUnknown } from "../../schema/unknown";
import type { Failures } from "./failures";
import { checkRelease } from "./release";

/** Looks at `server` and `credentials` of a resource; what is unknown in a preview is passed over. */
export function checkServer(server: unknown, credentials: unknown, failures: Failures): void {
  if (server === undefined || server === null) {
    failures.add("server", "is missing: expected { name, nodes }");
    return;
  }
  const value = failures.object(server, "server");
  if (isUnknown(server)) return;
  failures.requiredText(value["name"], "server.name");
  checkRelease(value["version"], "server.version", failures);
  const platform = platformOf(value, failures);
  checkPlaces(value, platform, failures);
  failures.absolutePath(value["stateDirectory"], "server.stateDirectory", platform);
  failures.oneOf(value["privilege"], "server.privilege", ["sudo", "none"]);
  failures.flag(value["allowPartialCluster"], "server.allowPartialCluster");
  const tsm = failures.object(value["tsm"], "server.tsm");
  failures.text(tsm["username"], "server.tsm.username");
  failures.absolutePath(tsm["path"], "server.tsm.path", platform);
  failures.number(tsm["requestTimeoutSeconds"], "server.tsm.requestTimeoutSeconds", 1);
  checkNodes(value["nodes"], failures);
  checkCredentials(credentials, tsm["username"], failures);
}

function platformOf(server: Readonly<Record<string, unknown>>, failures: Failures): "linux" | "windows" {
  failures.oneOf(server["platform"], "server.platform", ["linux", "windows"]);
  if (server["platform"] !== "windows") return "linux";
  if (server["privilege"] === "sudo") failures.add("server.privilege", "has no meaning on Windows: log in as a local administrator");
  return "windows";
}

function checkPlaces(server: Readonly<Record<string, unknown>>, platform: "linux" | "windows", failures: Failures): void {
  const { placement, connectorsDirectory, version } = server;
  failures.oneOf(placement, "server.placement", ["shared", "perProcess", "path"]);
  failures.absolutePath(connectorsDirectory, "server.connectorsDirectory", platform);
  failures.absolutePath(server["driversDirectory"], "server.driversDirectory", platform);
  if (
    (placement === "shared" || placement === "perProcess") &&
    typeof connectorsDirectory === "string" &&
    !isUnknown(connectorsDirectory)
  ) {
    failures.add("server.connectorsDirectory", `has no meaning where placement is "${placement}": the folders are the server's own`);
  }
  const first = placement === "shared" ? firstReleaseWithSharedDirectory : placement === "perProcess" ? firstReleaseWithPackages : null;
  if (first !== null && typeof version === "string" && isVersion(version) && !isAtLeast(version, first)) {
    failures.add(
      "server.placement",
      `Tableau Server ${version} reads no such folders, they are read from ${first} on; leave it out, or take "path"`,
    );
  }
}

function checkNodes(nodes: unknown, failures: Failures): void {
  if (isUnknown(nodes)) return;
  const list = failures.array(nodes, "server.nodes");
  if (list.length === 0) failures.add("server.nodes", "expected at least one node; the first is the initial node, where tsm runs");
  const names = new Set<string>();
  list.forEach((one, i) => {
    const at = `server.nodes[${String(i)}]`;
    const node = failures.object(one, at);
    if (isUnknown(one)) return;
    const name = failures.requiredText(node["name"], `${at}.name`);
    if (name !== undefined && names.has(name)) failures.add(`${at}.name`, `${JSON.stringify(name)} is there twice`);
    if (name !== undefined) names.add(name);
    checkEndpoint(node, `${at}.connection`, failures);
    if (node["proxy"] !== undefined) {
      const proxy = failures.object(node["proxy"], `${at}.connection.proxy`);
      if (!isUnknown(node["proxy"])) failures.requiredText(proxy["host"], `${at}.connection.proxy.host`);
      checkEndpoint(proxy, `${at}.connection.proxy`, failures);
    }
  });
}

/** Looks at the public part of a connection. */
export function checkEndpoint(endpoint: Readonly<Record<string, unknown>>, at: string, failures: Failures): void {
  const host = failures.text(endpoint["host"], `${at}.host`);
  const address = host === undefined ? undefined : hostAddress(host);
  if (address !== undefined && "fault" in address) failures.add(`${at}.host`, address.fault);
  failures.number(endpoint["port"], `${at}.port`, 1);
  if (typeof endpoint["port"] === "number" && endpoint["port"] > 65535) failures.add(`${at}.port`, "expected at most 65535");
  if (endpoint["host"] !== undefined) failures.requiredText(endpoint["user"], `${at}.user`);
}

// Values are secret: a failure never repeats one.
function checkCredentials(credentials: unknown, username: unknown, failures: Failures): void {
  if (typeof credentials !== "object" || credentials === null) return;
  const { tsmPassword } = credentials as Record<string, unknown>;
  if (typeof tsmPassword !== "string" || isUnknown(tsmPassword)) return;
  if (/[\r\n\0]/.test(tsmPassword)) {
    failures.add("server.tsm.password", "has a line end in it, which tsm cannot read: give the password without one");
  }
  if (username === undefined || username === null) {
    failures.add("server.tsm.username", "is missing: a tsm.password needs the user name it belongs to");
  }
}
