import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { timed } from "./timed";

const cache = process.env["PULUMI_TABLEAU_CACHE"] ?? join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "pulumi-tableau");
/** The versions that are measured. mitogen 0.3.54 is the first that works with ansible-core 2.19. */
const packages = ["ansible-core>=2.19,<2.20", "mitogen==0.3.54", "pyinfra>=3.10,<4"];

/** Where the peers are installed: once, outside of the repository. */
export const venv = join(cache, "bench", "venv");

/** Installs what is missing, from PyPI. */
export async function installPeers(): Promise<void> {
  if (existsSync(join(venv, "bin/pyinfra")) && existsSync(join(venv, "bin/ansible-playbook"))) return;
  mkdirSync(join(cache, "bench"), { recursive: true });
  console.error(`Installing ${packages.join(", ")} into ${venv}`);
  await timed("python3", ["-m", "venv", venv]);
  await timed(`${venv}/bin/pip`, ["install", "--quiet", ...packages]);
}

/** Name of the folder of the environment's Python, such as "python3.11". */
export function python(): string {
  return readdirSync(join(venv, "lib")).find((name) => name.startsWith("python")) ?? "python3";
}

/** Names and versions of what is measured. */
export async function peerVersions(): Promise<Record<string, string>> {
  const { output } = await timed(`${venv}/bin/pip`, ["list", "--format", "freeze", "--disable-pip-version-check"]);
  const names = ["ansible-core", "mitogen", "pyinfra", "paramiko"];
  const versions = output.split("\n").map((line) => line.trim().split("=="));
  const found = versions.filter(([name]) => names.includes(name ?? "")).map(([name = "", version = ""]) => [name, version]);
  const ssh = await timed("ssh", ["-V"]);
  return { ...(Object.fromEntries(found) as Record<string, string>), openssh: ssh.output.trim() };
}
