import { join } from "node:path";
import { key } from "../field/field";
import type { Contestant } from "./contestant";
import { timed } from "./timed";

/** The careful shell script: ssh, scp and sudo install. */
export const shell: Contestant = {
  name: "shell script",
  async run(field, { how, folder }) {
    const env = {
      NODES: join(field.folder, "nodes"),
      LOGIN: field.user,
      PRIVATE_KEY: field.privateKeyPath,
      KNOWN_HOSTS: field.knownHostsPath,
      CONNECTORS: field.cluster.paths.connectors,
      TSM: field.cluster.paths.tsm,
      PACKAGES: folder,
      KEY: key,
      VALUE: "true",
    };
    return (await timed("bash", [join(__dirname, "files/deploy.sh"), how], { env })).seconds;
  },
  settle: (field, { packages }) => field.place(packages),
};
