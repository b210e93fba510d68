import { braced, comments, quoted, type Language } from "./language";
import type { Program, ProgramFiles } from "./program";

const python: Language = {
  comment: "#",
  field: (name) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`,
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
      `server = ${braced(server, python, "")}\n\n`,
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
