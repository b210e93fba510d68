import { braced, comments, quoted, type Language } from "./language";
import type { Program, ProgramFiles } from "./program";
import type { Value } from "./value";

const python: Language = {
  comment: "#",
  field: (name) => `"${pythonName(name)}"`,
  text: (value) => quoted(value, (code) => `\\U${code.toString(16).padStart(8, "0")}`),
  boolean: (value) => (value ? "True" : "False"),
  secret: (key) => `config.require_secret(${JSON.stringify(key)})`,
};

/** The program in Python, on the provider plugin. */
export function pythonProgram(program: Program): ProgramFiles {
  const { name, head, server, connectors, drivers, secrets, version } = program;
  return {
    "__main__.py": [
      comments(head, python, ""),
      "import pulumi\nimport pulumi_tableau as tableau\n\n",
      secrets.length === 0 ? "" : "config = pulumi.Config()\n\n",
      `server = ${serverArgs(server)}\n\n`,
      `deployment = tableau.ConnectorDeployment(\n    ${python.text(name)},\n    server=server,\n`,
      `    connectors=${braced(connectors, python, "    ")},\n`,
      drivers === undefined ? "" : `    drivers=${braced(drivers, python, "    ")},\n`,
      program.disableVerification ? "    disable_verify_connector_plugin_signature=True,\n" : "",
      ')\n\npulumi.export("running", deployment.running)\n',
    ].join(""),
    "Pulumi.yaml": `name: ${name}\ndescription: Connectors of a Tableau Server\nruntime:\n  name: python\n  options:\n    virtualenv: venv\n`,
    "requirements.txt": `pulumi>=3.216.0,<4.0.0\npulumi_tableau==${version}\n`,
    ".gitignore": "venv\n__pycache__\n",
  };
}

// An object of a class and not a dictionary: where a text is allowed too, Pulumi passes the names in a dictionary on as they are, and
// nobody finds `private_key`. In the dictionaries below it the names are translated.
function serverArgs(server: Value): string {
  const fields = server.kind === "object" ? server.fields : [];
  const lines = fields.map(({ name, value }) => `    ${pythonName(name)}=${braced(value, python, "    ")},\n`);
  return `tableau.TableauServerArgs(\n${lines.join("")})`;
}

function pythonName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
