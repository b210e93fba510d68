import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { key } from "../field/field";
import type { Contestant } from "./contestant";
import { venv } from "./peers";
import { timed } from "./timed";

/** pyinfra, all nodes in parallel as it does by itself. */
export const pyinfra: Contestant = {
  name: "pyinfra",
  async run(field, { how, folder }) {
    const work = mkdtempSync(join(field.folder, "pyinfra-"));
    const shared = {
      ssh_user: field.user,
      ssh_key: field.privateKeyPath,
      ssh_known_hosts_file: field.knownHostsPath,
      ssh_strict_host_key_checking: "yes",
      ssh_allow_agent: false,
      ssh_look_for_keys: false,
      initial: field.nodes[0]?.name,
      connectors: field.cluster.paths.connectors,
      packages: folder,
      tsm: field.cluster.paths.tsm,
      key,
      value: "true",
    };
    const hosts = field.nodes.map(({ name, host, port }) => [name, { ...shared, ssh_hostname: host, ssh_port: port }]);
    const inventory = `import json\nnodes = [tuple(host) for host in json.loads(${JSON.stringify(JSON.stringify(hosts))})]\n`;
    writeFileSync(join(work, "inventory.py"), inventory);
    try {
      const args = [join(work, "inventory.py"), join(__dirname, "files/deploy.py"), how === "check" ? "--dry" : "-y"];
      return (await timed(`${venv}/bin/pyinfra`, args, { cwd: work })).seconds;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
  settle: (field, { packages }) => field.place(packages),
};
