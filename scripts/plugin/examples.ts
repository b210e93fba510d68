/** Each example in every language, as the Registry shows it with the resource. */
interface Example {
  readonly typescript: string;
  readonly python: string;
  readonly go: string;
  readonly csharp: string;
  readonly java: string;
  readonly yaml: string;
}

const names = ["typescript", "python", "go", "csharp", "java", "yaml"] as const;

const imports = {
  typescript: 'import * as tableau from "@pulumi-tableau/tableau";',
  python: "import pulumi_tableau as tableau",
};

const server = "prod";

function plain(type: string, name: string, args: Readonly<Record<string, string>>): Example {
  const entries = Object.entries(args);
  const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const pascal = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);
  const quoted = (value: string): string => JSON.stringify(value);
  return {
    typescript: `${imports.typescript}\n\nconst ${name} = new tableau.${type}("${name}", {\n${entries.map(([key, value]) => `    ${key}: ${quoted(value)},`).join("\n")}\n});`,
    python: `${imports.python}\n\n${snake(name)} = tableau.${type}("${name}",\n${entries.map(([key, value]) => `    ${snake(key)}=${quoted(value)}`).join(",\n")})`,
    go: `${name}, err := tableau.New${type}(ctx, "${name}", &tableau.${type}Args{\n${entries.map(([key, value]) => `\t${pascal(key)}: pulumi.String(${quoted(value)}),`).join("\n")}\n})`,
    csharp: `var ${name} = new Pulumi.Tableau.${type}("${name}", new()\n{\n${entries.map(([key, value]) => `    ${pascal(key)} = ${quoted(value)},`).join("\n")}\n});`,
    java: `var ${name} = new ${type}("${name}", ${type}Args.builder()\n${entries.map(([key, value]) => `    .${key}(${quoted(value)})`).join("\n")}\n    .build());`,
    yaml: `resources:\n  ${name}:\n    type: tableau:${type}\n    properties:\n${entries.map(([key, value]) => `      ${key}: ${value}`).join("\n")}`,
  };
}

const connector = plain("TableauConnector", "clickhouse", { server, source: "connectors/clickhouse_jdbc.taco" });

const config: Example = {
  typescript: `${connector.typescript}\nconst prod = new tableau.TableauServerPluginsConfig("prod", { server: "prod", connectors: [clickhouse.ref] });`,
  python: `${connector.python}\nprod = tableau.TableauServerPluginsConfig("prod", server="prod", connectors=[clickhouse.ref])`,
  go: `${connector.go}\nif err != nil {\n\treturn err\n}\n_, err = tableau.NewTableauServerPluginsConfig(ctx, "prod", &tableau.TableauServerPluginsConfigArgs{\n\tServer:     pulumi.String("prod"),\n\tConnectors: tableau.ConnectorRefArray{clickhouse.Ref},\n})`,
  csharp: `${connector.csharp}\nvar prod = new Pulumi.Tableau.TableauServerPluginsConfig("prod", new()\n{\n    Server = "prod",\n    Connectors = new[] { clickhouse.Ref },\n});`,
  java: `${connector.java}\nvar prod = new TableauServerPluginsConfig("prod", TableauServerPluginsConfigArgs.builder()\n    .server("prod")\n    .connectors(clickhouse.ref().applyValue(List::of))\n    .build());`,
  yaml: `${connector.yaml}\n  prod:\n    type: tableau:TableauServerPluginsConfig\n    properties:\n      server: prod\n      connectors:\n        - \${clickhouse.ref}`,
};

const deployment: Example = {
  typescript: `${imports.typescript}\n\nconst prod = new tableau.ConnectorDeployment("prod", {\n    server: "prod",\n    connectors: { clickhouse: { source: "connectors/clickhouse_jdbc.taco" } },\n});`,
  python: `${imports.python}\n\nprod = tableau.ConnectorDeployment("prod",\n    server="prod",\n    connectors={"clickhouse": {"source": "connectors/clickhouse_jdbc.taco"}})`,
  go: `_, err := tableau.NewConnectorDeployment(ctx, "prod", &tableau.ConnectorDeploymentArgs{\n\tServer: pulumi.String("prod"),\n\tConnectors: map[string]tableau.PackageArgs{\n\t\t"clickhouse": {Source: pulumi.String("connectors/clickhouse_jdbc.taco")},\n\t},\n})`,
  csharp: `var prod = new Pulumi.Tableau.ConnectorDeployment("prod", new()\n{\n    Server = "prod",\n    Connectors = { ["clickhouse"] = new() { Source = "connectors/clickhouse_jdbc.taco" } },\n});`,
  java: `var prod = new ConnectorDeployment("prod", ConnectorDeploymentArgs.builder()\n    .server("prod")\n    .connectors(Map.of("clickhouse", PackageArgs.builder().source("connectors/clickhouse_jdbc.taco").build()))\n    .build());`,
  yaml: `resources:\n  prod:\n    type: tableau:ConnectorDeployment\n    properties:\n      server: prod\n      connectors:\n        clickhouse:\n          source: connectors/clickhouse_jdbc.taco`,
};

const machine: Example = {
  typescript: `${imports.typescript}\n\nconst clickhouse = new tableau.TableauDesktopConnector("clickhouse", {\n    machine: { name: "anna", connection: { host: "anna.example.com", user: "anna" } },\n    source: "connectors/clickhouse_jdbc.taco",\n});`,
  python: `${imports.python}\n\nclickhouse = tableau.TableauDesktopConnector("clickhouse",\n    machine={"name": "anna", "connection": {"host": "anna.example.com", "user": "anna"}},\n    source="connectors/clickhouse_jdbc.taco")`,
  go: `_, err := tableau.NewTableauDesktopConnector(ctx, "clickhouse", &tableau.TableauDesktopConnectorArgs{\n\tMachine: &tableau.DesktopMachineArgs{\n\t\tName:       pulumi.String("anna"),\n\t\tConnection: &tableau.NodeConnectionArgs{Host: pulumi.String("anna.example.com"), User: pulumi.String("anna")},\n\t},\n\tSource: pulumi.String("connectors/clickhouse_jdbc.taco"),\n})`,
  csharp: `var clickhouse = new Pulumi.Tableau.TableauDesktopConnector("clickhouse", new()\n{\n    Machine = new() { Name = "anna", Connection = new() { Host = "anna.example.com", User = "anna" } },\n    Source = "connectors/clickhouse_jdbc.taco",\n});`,
  java: `var clickhouse = new TableauDesktopConnector("clickhouse", TableauDesktopConnectorArgs.builder()\n    .machine(DesktopMachineArgs.builder().name("anna")\n        .connection(NodeConnectionArgs.builder().host("anna.example.com").user("anna").build()).build())\n    .source("connectors/clickhouse_jdbc.taco")\n    .build());`,
  yaml: `resources:\n  clickhouse:\n    type: tableau:TableauDesktopConnector\n    properties:\n      machine:\n        name: anna\n        connection:\n          host: anna.example.com\n          user: anna\n      source: connectors/clickhouse_jdbc.taco`,
};

/** An example with other words. */
function reworded(example: Example, words: readonly (readonly [string, string])[]): Example {
  const change = (text: string): string => words.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  const { typescript, python, go, csharp, java, yaml } = example;
  return {
    typescript: change(typescript),
    python: change(python),
    go: change(go),
    csharp: change(csharp),
    java: change(java),
    yaml: change(yaml),
  };
}

const launcher = reworded({ ...machine, python: machine.python.replace("source=", "connect_plugins_path=") }, [
  ["TableauDesktopConnector", "TableauDesktopLauncher"],
  ['"clickhouse"', '"launcher"'],
  ["clickhouse ", "launcher "],
  ["clickhouse:", "launcher:"],
  ["connectors/clickhouse_jdbc.taco", "/home/anna/connectors"],
  ["source", "connectPluginsPath"],
  ["Source", "ConnectPluginsPath"],
]);

const all: Readonly<Record<string, Example>> = {
  TableauConnector: connector,
  TableauDriver: plain("TableauDriver", "postgresql", { server, source: "drivers/postgresql-42.7.4.jar" }),
  TableauTrustedCertificate: plain("TableauTrustedCertificate", "authority", { server, certificate: "certificates/corporate-ca.pem" }),
  TableauServerPluginsConfig: config,
  TableauDesktopConnector: machine,
  TableauDesktopLauncher: launcher,
  ConnectorDeployment: deployment,
};

/** The example of a resource, in the form that the Registry makes tabs of. */
export function examples(resource: string): string {
  const example = all[resource];
  if (example === undefined) throw new Error(`${resource} has no example.`);
  const blocks = names.map((language) => `\`\`\`${language}\n${example[language]}\n\`\`\``);
  return `## Example Usage\n\n{{% examples %}}\n{{% example %}}\n\n${blocks.join("\n\n")}\n\n{{% /example %}}\n{{% /examples %}}`;
}
