import { comments, quoted, scalarText, type Language } from "./language";
import type { Program, ProgramFiles } from "./program";
import type { Entry, Value } from "./value";

const yaml: Language = {
  comment: "#",
  field: (name) => name,
  // Pulumi reads `${...}` in each text; two dollars are one.
  text: (value) => quoted(value.replaceAll("$", "$$$$"), (code) => `\\U${code.toString(16).padStart(8, "0")}`),
  boolean: String,
  secret: (key) => `\${${key}}`,
};

/** The program in YAML, on the provider plugin. */
export function yamlProgram(program: Program): ProgramFiles {
  const { name, head, server, connectors, drivers, secrets } = program;
  const config = secrets.map((key) => `  ${key}:\n    type: string\n    secret: true\n`).join("");
  return {
    "Pulumi.yaml": [
      comments(head, yaml, ""),
      `name: ${name}\ndescription: Connectors of a Tableau Server\nruntime: yaml\n`,
      secrets.length === 0 ? "" : `config:\n${config}`,
      "resources:\n  deployment:\n    type: tableau:ConnectorDeployment\n",
      `    name: ${yaml.text(name)}\n    properties:\n`,
      `      server:${block(server, "        ")}`,
      `      connectors:${block(connectors, "        ")}`,
      drivers === undefined ? "" : `      drivers:${block(drivers, "        ")}`,
      program.disableVerification ? "      disableVerifyConnectorPluginSignature: true\n" : "",
      "outputs:\n  running: ${deployment.running}\n",
    ].join(""),
  };
}

// A value from behind its colon or dash to the end of its last line.
function block(value: Value, indent: string): string {
  switch (value.kind) {
    case "scalar":
      return ` ${scalarText(value.value, yaml)}\n`;
    case "secret":
      return ` ${yaml.secret(value.key)}\n`;
    case "list":
      return value.items.length === 0 ? " []\n" : `\n${value.items.map((item) => `${indent}-${block(item, `${indent}  `)}`).join("")}`;
    case "object":
      return `\n${value.fields.map((one) => member(one, yaml.field(one.name), indent)).join("")}`;
    case "map": {
      const members = value.entries.map((one) => member(one, yaml.text(one.name), indent)).join("");
      return `${members === "" ? " {}" : ""}\n${members}${comments(value.notes, yaml, indent)}`;
    }
  }
}

function member({ value, notes = [] }: Entry, name: string, indent: string): string {
  return `${comments(notes, yaml, indent)}${indent}${name}:${block(value, `${indent}  `)}`;
}
