import type { Cluster } from "../../../simulator";

/** The text of a state with names in the place of what differs from cluster to cluster: `{{node1.port}}`. */
export function toTemplate(text: string, cluster: Cluster): string {
  const { deployment } = JSON.parse(text) as { deployment: { resources: Record<string, unknown>[] } };
  // Where the program stood is nothing of ours.
  for (const resource of deployment.resources) {
    delete resource["sourcePosition"];
    delete resource["stackTrace"];
  }
  const clean = JSON.stringify({ version: 3, deployment }, undefined, 2);
  return valuesOf(cluster).reduce((all, [name, value]) => all.replaceAll(value, `{{${name}}}`), clean);
}

/** The text of a state of this cluster. */
export function fromTemplate(template: string, cluster: Cluster): string {
  return valuesOf(cluster).reduce((all, [name, value]) => all.replaceAll(`{{${name}}}`, value), template);
}

function valuesOf({ server }: Cluster): [name: string, value: string][] {
  return server.nodes.flatMap(({ name, connection }): [string, string][] =>
    connection === undefined
      ? []
      : [
          [`${name}.port`, `"port": ${String(connection.port)}`],
          [`${name}.hostKey`, connection.hostKey],
          // A secret stands in the state as a JSON text inside a JSON text.
          [`${name}.privateKey`, quoted(quoted(connection.privateKey))],
        ],
  );
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
