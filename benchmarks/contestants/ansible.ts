import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { key, type Field } from "../field/field";
import type { Contestant } from "./contestant";
import { python, venv } from "./peers";
import { timed } from "./timed";

/** ansible-core as a competent user runs it: pipelining, a fork per node, shared connections, no facts, handlers. */
export const ansible = playbook("ansible", "linear");
/** The same playbook through mitogen. */
export const mitogen = playbook("ansible + mitogen", "mitogen_linear");

function playbook(name: string, strategy: "linear" | "mitogen_linear"): Contestant {
  return {
    name,
    async run(field, { how, folder }) {
      const work = mkdtempSync(join(field.folder, "ansible-"));
      writeFileSync(join(work, "inventory.ini"), inventory(field));
      writeFileSync(join(work, "ansible.cfg"), configuration(field, work, strategy));
      const values = {
        connectors: field.cluster.paths.connectors,
        packages: folder,
        tsm: field.cluster.paths.tsm,
        key,
        value: "true",
      };
      const args = ["-i", join(work, "inventory.ini"), "-e", JSON.stringify(values), ...(how === "check" ? ["--check"] : [])];
      try {
        const env = { ANSIBLE_CONFIG: join(work, "ansible.cfg"), PATH: `${venv}/bin:${process.env["PATH"] ?? ""}` };
        const ran = await timed(`${venv}/bin/ansible-playbook`, [...args, join(__dirname, "files/playbook.yml")], { env, cwd: work });
        if (how === "check" && /changed=[1-9]/.test(ran.output)) throw new Error(`${name} finds a difference:\n${ran.output.slice(-4000)}`);
        return ran.seconds;
      } finally {
        await disconnect(work);
        rmSync(work, { recursive: true, force: true });
      }
    },
    settle: (field, { packages }) => field.place(packages),
  };
}

function inventory(field: Field): string {
  const hosts = field.nodes.map(({ name, host, port }) => `${name} ansible_host=${host} ansible_port=${port}`);
  return `[nodes]
${hosts.join("\n")}
[nodes:vars]
ansible_user=${field.user}
ansible_ssh_private_key_file=${field.privateKeyPath}
ansible_python_interpreter=/usr/bin/python3
`;
}

function configuration(field: Field, work: string, strategy: string): string {
  const plugins = `${venv}/lib/${python()}/site-packages/ansible_mitogen/plugins/strategy`;
  return `[defaults]
forks = ${field.nodes.length}
strategy = ${strategy}
${strategy === "linear" ? "" : `strategy_plugins = ${plugins}`}
retry_files_enabled = false
nocows = true
[ssh_connection]
pipelining = true
control_path_dir = ${work}/cp
ssh_args = -C -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=${field.knownHostsPath}
`;
}

// The next run connects anew, as it would the next day.
async function disconnect(work: string): Promise<void> {
  const sockets = safeList(join(work, "cp"));
  for (const socket of sockets) {
    await timed("ssh", ["-o", `ControlPath=${join(work, "cp", socket)}`, "-O", "exit", "x"]).catch(() => undefined);
  }
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
