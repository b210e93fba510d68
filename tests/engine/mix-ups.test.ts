import { makeTaco } from "../../simulator";
import { Project } from "./support";

const program = `
  import { TableauConnector, TableauDesktopConnector, TableauDriver, TableauServerPluginsConfig } from "pulumi-tableau";
  const at = (host: string) => ({ host, user: "deploy", password: "secret" });
  const server = (name: string) => ({ name, nodes: [{ name: "node1", connection: at(name + ".invalid") }] });
  const machine = { name: "anna", connection: at("anna.invalid") };
  const taco = { source: process.cwd() + "/a_jdbc.taco", requireSignature: false };
  const jar = { source: process.cwd() + "/a.jar" };
  new TableauServerPluginsConfig("all", {
    server: server("prod"),
    connectors: [
      new TableauConnector("right", { ...taco, server: server("prod") }),
      new TableauConnector("of-dev", { ...taco, fileName: "dev.taco", server: server("dev") }),
      new TableauDesktopConnector("of-anna", { ...taco, fileName: "anna.taco", machine }),
    ],
    drivers: [new TableauDriver("driver-of-anna", { ...jar, machine })],
  });
`;

test("what was made for another place is refused in the preview of the config that lists it", async () => {
  const project = new Project({ program });
  try {
    project.write("a_jdbc.taco", makeTaco({ class: "a_jdbc", pluginVersion: "1.0.0" }));
    project.write("a.jar", "PK driver");
    const { output } = await project.stack("dev").preview({ exitCode: 1 });
    // The engine prints a failure in its table and under Diagnostics.
    const refused = new Set(output.match(/\S+ is made for the \w+ \w+/g));
    expect([...refused]).toEqual([
      "dev.taco is made for the server dev",
      "anna.taco is made for the machine anna",
      "a.jar is made for the machine anna",
    ]);
  } finally {
    project.remove();
  }
});
