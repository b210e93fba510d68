import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { packedLane } from "./lane";
import type { Project } from "./project";

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunAs {
  readonly input?: string;
  /** Default: the project's. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the packed command line in a project's folder, as a shell would. */
export function runPacked(
  project: Project,
  args: readonly string[],
  { input = "", folder = ".", environment = {} }: RunAs = {},
): Promise<Ended> {
  const program = join(packedLane(), "node_modules/.bin/pulumi-tableau");
  const child = spawn(program, args, {
    cwd: resolve(project.directory, folder),
    env: project.backend.environment({ PULUMI_TABLEAU_CACHE: join(project.directory, "cache"), ...environment }),
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
