import { spawn } from "node:child_process";
import { findEngine, type Project } from "../../support";
import type { OperationOfLanguage, OutcomeOfLanguage } from "../languages/scenario";
import { pluginFolder } from ".";

interface On {
  /** Folders on PATH besides the plugin. */
  readonly path: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The engine's own command line in a project's folder, as a user types it. */
export class Pulumi {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    readonly project: Project,
    { path, environment = {} }: On,
  ) {
    const own = project.backend.environment(environment);
    this.#environment = { ...own, PATH: [pluginFolder(), ...path, own["PATH"]].join(":") };
  }

  /** One operation on the stack `dev`. */
  operate({ operation, expectNoChanges }: OperationOfLanguage): Promise<OutcomeOfLanguage> {
    const flags = [
      ...(operation === "preview" ? [] : ["--yes", "--skip-preview"]),
      ...(expectNoChanges === true ? ["--expect-no-changes"] : []),
    ];
    return this.run(operation, "--stack", "dev", "--color", "never", ...flags);
  }

  async run(...args: readonly string[]): Promise<OutcomeOfLanguage> {
    const child = spawn(findEngine().pulumi, [...args, "--non-interactive"], { cwd: this.project.directory, env: this.#environment });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    const exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 255)));
    return { exitCode, output };
  }
}
