import { braced, comments, quoted, type Language } from "./language";
import type { Program, ProgramFiles } from "./program";

const typescript: Language = {
  comment: "//",
  field: (name) => name,
  text: (value) => quoted(value, (code) => `\\u{${code.toString(16)}}`),
  boolean: String,
  secret: (key) => `config.requireSecret(${JSON.stringify(key)})`,
};

/** The program in TypeScript, on the npm package. */
export function typescriptProgram(program: Program): ProgramFiles {
  const { name, head, server, connectors, drivers, secrets, version } = program;
  const config = secrets.length === 0 ? "" : `import * as pulumi from "@pulumi/pulumi";\n`;
  return {
    "index.ts": [
      comments(head, typescript, ""),
      config,
      `import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";\n\n`,
      secrets.length === 0 ? "" : "const config = new pulumi.Config();\n\n",
      `const server: TableauServerArgs = ${braced(server, typescript, "")};\n\n`,
      `const deployment = new ConnectorDeployment(${typescript.text(name)}, {\n`,
      "  server,\n",
      `  connectors: ${braced(connectors, typescript, "  ")},\n`,
      drivers === undefined ? "" : `  drivers: ${braced(drivers, typescript, "  ")},\n`,
      program.disableVerification ? "  disableVerifyConnectorPluginSignature: true,\n" : "",
      "});\n\n",
      "/** What runs, by class. */\nexport const running = deployment.running;\n",
    ].join(""),
    "Pulumi.yaml": `name: ${name}\ndescription: Connectors of a Tableau Server\nruntime: nodejs\nmain: index.ts\n`,
    "package.json": `${JSON.stringify(
      {
        name: name.toLowerCase(),
        private: true,
        main: "index.ts",
        dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-tableau": `^${version}` },
        devDependencies: { "@types/node": "^20.0.0", typescript: "^5.0.0" },
      },
      null,
      2,
    )}\n`,
    "tsconfig.json": `${JSON.stringify(
      {
        compilerOptions: {
          strict: true,
          target: "ES2022",
          module: "nodenext",
          moduleResolution: "nodenext",
          types: ["node"],
          skipLibCheck: true,
        },
        files: ["index.ts"],
      },
      null,
      2,
    )}\n`,
    ".gitignore": "node_modules\n",
  };
}
