import { isAtLeast } from "../release";
import type { ClusterNode, Command, Context } from "./context";
import { listing, type Fields } from "./layouts";

/** A process as tsm names it, and the program that is it. */
interface Service {
  readonly label: string;
  readonly program?: string;
  readonly since?: string;
  /** Whether it runs while the server is stopped. */
  readonly kind: "server" | "administration";
}

const services: readonly Service[] = [
  { label: "Tableau Server Gateway", kind: "server" },
  { label: "Tableau Server Application Server", program: "vizportal", kind: "server" },
  { label: "Tableau Server VizQL Server", program: "vizqlserver", kind: "server" },
  { label: "Tableau Server Backgrounder", program: "backgrounder", kind: "server" },
  { label: "Tableau Server Data Server", program: "dataserver", kind: "server" },
  { label: "Tableau Server Repository", kind: "server" },
  { label: "Tableau Prep Conductor", program: "flowprocessor", kind: "server" },
  { label: "Tableau Prep Flow Authoring", program: "flowqueryservice", since: "2020.4", kind: "server" },
  { label: "Tableau Server Administration Agent", kind: "administration" },
];

const status: Command = {
  words: ["status"],
  options: [{ long: "verbose", short: "v", argument: "none" }],
  run(context) {
    const { console, nodes, options } = context;
    if (!options.has("verbose")) {
      console.line(`Status: ${rollup(context)}`);
      return 0;
    }
    for (const node of nodes) {
      console.line(`${node.name}: ${nodes.length === 1 ? "localhost" : node.name}`);
      console.indented(`Status: ${nodeStatus(context, node)}`);
      for (const service of servicesOf(context)) {
        const words = wordsFor(context, service) ?? stateOf(context, node, service);
        if (words !== "") console.indented(`'${service.label} 0' ${words}.`);
      }
      if (node === nodes[0]) console.indented("'Tableau Server Administration Controller 0' is running.");
    }
    return 0;
  },
};

// A fault gives a process words of its own, while the server runs; "": it is not listed.
function wordsFor({ faults, server }: Context, { program }: Service): string | undefined {
  const [named, ...words] = (faults.get("process-words") ?? "").split(":");
  return named === program && program !== undefined && server.record.status === "RUNNING" ? words.join(":") : undefined;
}

function rollup({ nodes, server, faults }: Context): string {
  if (server.record.status === "RUNNING") return faults.get("status-words") ?? rollupOf(nodes, server);
  return rollupOf(nodes, server);
}

function rollupOf(nodes: Context["nodes"], server: Context["server"]): string {
  return server.record.status === "RUNNING" && nodes.some((node) => node.state === "dead") ? "DEGRADED" : server.record.status;
}

function nodeStatus({ server, faults }: Context, node: ClusterNode): string {
  if (node.state === "dead") return "ERROR";
  if (server.record.status === "RUNNING") return faults.get("status-words") ?? "RUNNING";
  return server.record.status === "DEGRADED" && server.record.broken?.node !== node.name ? "RUNNING" : server.record.status;
}

function servicesOf({ release }: Context): Service[] {
  return services.filter(({ since }) => since === undefined || isAtLeast(release, since));
}

function stateOf({ nodes, server }: Context, node: ClusterNode, service: Service): string {
  if (node.state === "dead") return "status is unavailable";
  if (service.kind === "administration") return "is running";
  if (server.record.status === "STOPPED") return "is stopped";
  if (server.record.status === "ERROR") return service.program === "vizqlserver" ? "is in an error state" : "is stopped";
  if (service.program !== undefined && server.record.broken?.node === node.name && server.record.broken.process === service.program) {
    return "is in a degraded state";
  }
  if (service.label !== "Tableau Server Repository") return "is running";
  return node === nodes[0] ? "is running (Active Repository)" : "is running (Passive Repository)";
}

const version: Command = {
  words: ["version"],
  options: [],
  run({ build, console }) {
    console.line(`Tableau Services Manager command line version ${build}.`, `Tableau Server version ${build}.`);
    return 0;
  },
};

const listNodes: Command = {
  words: ["topology", "list-nodes"],
  options: [{ long: "verbose", short: "v", argument: "none" }],
  run(context) {
    const { console, nodes, options, switches } = context;
    if (!options.has("verbose")) console.line(...nodes.map((node) => node.name));
    else {
      console.line(
        ...listing(
          nodes.map((node) => nodeFields(context, node)),
          switches.listNodesLayout,
          switches.seed,
        ),
      );
    }
    return 0;
  },
};

function nodeFields(context: Context, node: ClusterNode): Fields {
  return [
    ["Node", node.name],
    ["Role", node === context.nodes[0] ? "initial" : "additional"],
    ["Address", context.nodes.length === 1 ? "localhost" : node.name],
    [
      "Processes",
      servicesOf(context)
        .map(({ label }) => label.replace("Tableau Server ", ""))
        .join(", "),
    ],
  ];
}

/** Makes a topology change pending, as an administrator's `topology set-process` does. */
const setProcess: Command = {
  words: ["topology", "set-process"],
  options: [
    { long: "node", short: "n", argument: "value" },
    { long: "process", short: "pr", argument: "value" },
    { long: "count", short: "c", argument: "value" },
  ],
  required: ["node", "process", "count"],
  run({ options, server }) {
    server.record.pendingTopology.push(`${options.get("node") ?? ""}: ${options.get("process") ?? ""} ${options.get("count") ?? ""}`);
    server.save();
    return 0;
  },
};

export const statusCommands: readonly Command[] = [status, version, listNodes, setProcess];
