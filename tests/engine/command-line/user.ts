import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Backend, type Ended, packedLane, Project, type RunAs, runPacked, type Stack } from "../support";

/** Two servers in one program: one that is a secret as a whole, one whose passwords alone are secrets. */
const programText = `
  import * as pulumi from "@pulumi/pulumi";
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

  const config = new pulumi.Config();
  const tableau = config.requireSecretObject<{ server: TableauServerArgs }>("tableau").server;
  const second = config.requireObject<{ server: TableauServerArgs }>("second").server;
  const { sources } = JSON.parse(readFileSync("wanted.json", "utf8"));
  const connectors = Object.fromEntries(sources.map((source: string) => [source.split(".")[0], { source }]));
  new ConnectorDeployment("first", { server: tableau, connectors });
  new ConnectorDeployment("other", {
    server: { ...second, tsm: { username: "admin", password: config.requireSecret("tsmPassword") } },
    connectors: { a: { source: "a_jdbc.taco" } },
  });
`;

/** Somebody who has installed the packed package, in the folder of their Pulumi project. */
export class User {
  readonly project = new Project({ name: "command-line", program: programText, backend: new Backend(packedLane()) });
  readonly stack: Stack = this.project.stack("dev");

  /** Runs the packed command line as a shell would. */
  run(args: readonly string[], as?: RunAs): Promise<Ended> {
    return runPacked(this.project, args, as);
  }

  read(file: string): string {
    return readFileSync(join(this.project.directory, file), "utf8");
  }

  /** The program's packages; the stack's config is what `simulate start` printed. */
  async up(sources: readonly string[], exitCode = 0): Promise<void> {
    this.stack.config = {
      tableau: { value: this.read("tableau.json"), secret: true },
      second: { value: this.read("second.json") },
      tsmPassword: { value: "tableau-admin", secret: true },
    };
    writeFileSync(join(this.project.directory, "wanted.json"), JSON.stringify({ sources }));
    await this.stack.up({ exitCode });
  }

  /** Somebody changes a live file of a simulated node by hand. */
  tamper(server: string, node: string, file: string): void {
    appendFileSync(join(this.project.directory, server, "nodes", node, "root/opt/tableau/connectors", file), "tampered");
  }

  /** `pulumi up --refresh`. */
  async repair(): Promise<void> {
    await this.stack.up({ refresh: true });
  }
}
