import { firstReleaseWithPackages, firstReleaseWithSharedDirectory } from "../../plan/placement/releases";
import type { Failures } from "../../schema/failures";
import type { Draft, Drafts } from "../../schema/field";
import { check, type Properties, type System } from "../../schema/read";
import { type credentialInputs, login, type ServerInputs } from "../../schema/server";
import { isUnknown } from "../../schema/unknown";
import { isAtLeast, isVersion } from "../../vocabulary/version";

/** The system that a server's nodes have, which decides what a path is. */
export function systemOf(server: unknown): System {
  const { platform } = (server ?? {}) as { readonly platform?: unknown };
  return platform === "windows" ? "windows" : "linux";
}

/** Looks at what the arguments of a server mean together; what is unknown in a preview is passed over. */
export function checkServer(server: Draft<ServerInputs> | undefined, failures: Failures): void {
  if (server === undefined || isUnknown(server)) return;
  if (server.platform === "windows" && server.privilege === "sudo") {
    failures.add("server.privilege", "has no meaning on Windows: log in as a local administrator");
  }
  const { placement, connectorsDirectory, version } = server;
  if ((placement === "shared" || placement === "perProcess") && connectorsDirectory !== undefined && !isUnknown(connectorsDirectory)) {
    failures.add("server.connectorsDirectory", `has no meaning where placement is "${placement}": the folders are the server's own`);
  }
  const first = placement === "shared" ? firstReleaseWithSharedDirectory : placement === "perProcess" ? firstReleaseWithPackages : null;
  if (first !== null && version !== undefined && isVersion(version) && !isAtLeast(version, first)) {
    failures.add(
      "server.placement",
      `Tableau Server ${version} reads no such folders, they are read from ${first} on; leave it out, or take "path"`,
    );
  }
  checkNames(server.nodes, failures);
}

function checkNames(nodes: Draft<ServerInputs["nodes"]> | undefined, failures: Failures): void {
  if (nodes === undefined || isUnknown(nodes)) return;
  const names = new Set<string>();
  nodes.forEach((node, i) => {
    if (node === undefined || isUnknown(node) || node.name === undefined || isUnknown(node.name)) return;
    const { name } = node;
    if (names.has(name)) failures.add(`server.nodes[${String(i)}].name`, `${JSON.stringify(name)} is there twice`);
    names.add(name);
  });
}

/** Names of a server's nodes; null where one is not known yet, or wrong, which is a failure of its own. */
export function knownNames(server: Draft<ServerInputs> | undefined): string[] | null {
  if (server === undefined || isUnknown(server) || server.nodes === undefined || isUnknown(server.nodes)) return null;
  const names = server.nodes.map((node) => (node === undefined || isUnknown(node) || isUnknown(node.name) ? undefined : node.name));
  return names.every((name) => name !== undefined) ? names : null;
}

/** Looks at the secret part of a server. A failure never repeats a value of it, and has the path that the program has it under. */
export function checkCredentials({ server, credentials }: Properties, failures: Failures): void {
  if (typeof credentials !== "object" || credentials === null) return;
  const { nodes, tsmPassword } = credentials as Drafts<typeof credentialInputs>;
  const { nodes: listed, tsm } = (server ?? {}) as { readonly nodes?: unknown; readonly tsm?: { readonly username?: unknown } };
  if (Array.isArray(listed)) listed.forEach((node, i) => checkLogin(node, nodes, `server.nodes[${String(i)}].connection`, failures));
  if (typeof tsmPassword !== "string" || isUnknown(tsmPassword)) return;
  if (/[\r\n\0]/.test(tsmPassword)) {
    failures.add("server.tsm.password", "has a line end in it, which tsm cannot read: give the password without one");
  }
  if (tsm?.username === undefined || tsm.username === null) {
    failures.add("server.tsm.username", "is missing: a tsm.password needs the user name it belongs to");
  }
}

/** Looks at what a node's or a machine's user logs in with. */
export function checkLogin(node: unknown, credentials: unknown, at: string, failures: Failures): void {
  const { name } = (node ?? {}) as { readonly name?: unknown };
  if (typeof name !== "string" || typeof credentials !== "object" || credentials === null || !Object.hasOwn(credentials, name)) return;
  const own = (credentials as Properties)[name];
  check(login, own, failures, { at });
  check(login, (own as { readonly proxy?: unknown } | null)?.proxy, failures, { at: `${at}.proxy` });
}
