import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Backend, packedLane, Project, type Stack } from "../support";

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

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Somebody who has installed the packed package, in the folder of their Pulumi project. */
export class User {
  readonly project = new Project({ name: "command-line", program: programText, backend: new Backend(packedLane()) });
  readonly stack: Stack = this.project.stack("dev");

  /** Runs the packed command line as a shell would. */
  run(args: readonly string[], { input = "", folder = ".", environment = {} }: RunAs = {}): Promise<Ended> {
    const program = join(packedLane(), "node_modules/.bin/pulumi-tableau");
    const child = spawn(program, args, {
      cwd: resolve(this.project.directory, folder),
      env: this.project.backend.environment({ XDG_CACHE_HOME: join(this.project.directory, "cache"), ...environment }),
    });
    const text = { out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => void (text.out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => void (text.err += chunk.toString()));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    return new Promise((settle, reject) => {
      child.on("error", reject);
      child.on("close", (status) => {
        settle({ status, ...text });
      });
    });
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
}

export interface RunAs {
  readonly input?: string;
  /** Default: the project's. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}
