import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Backend, packedLane, Project, repository, testEachWay, type OperationResult, type Stack, type Through } from "../support";
import { findMissing } from "./find-missing";
import { readSteps } from "./read-steps";

const operation = /^pulumi (preview|up|destroy)((?: --[a-z-]+)*)(; echo \$\?)?$/;

testEachWay(
  "README.md: the first program, typed in an empty directory against the packed file, prints what is printed there",
  async (through) => {
    const reader = new Reader(through);
    try {
      for (const step of readSteps(readFileSync(join(repository, "README.md"), "utf8"))) {
        if (step.kind === "file") {
          writeFileSync(join(reader.directory, step.name), step.text);
          continue;
        }
        const printed = await reader.type(step.command);
        expect([step.command, findMissing(step.shown, printed), printed]).toEqual([step.command, undefined, printed]);
      }
      expect(reader.typed).toEqual(expect.arrayContaining(["preview", "up", "destroy"]));
    } finally {
      reader.leave();
    }
  },
);

/** Somebody who follows README.md in an empty directory. */
class Reader {
  readonly directory = mkdtempSync(join(tmpdir(), "readme-"));
  /** The operations of the engine so far. */
  readonly typed: string[] = [];
  readonly #place = mkdtempSync(join(tmpdir(), "readme-backend-"));
  readonly #backend = new Backend(this.#place);
  #stack: Stack | undefined;

  constructor(readonly through: Through) {}

  async type(command: string): Promise<string> {
    const match = operation.exec(command);
    if (match === null) return this.#shell(substitute(command));
    const [, name = "", flags = "", status] = match;
    this.typed.push(name);
    this.#stack ??= new Project({ name: "my-connectors", directory: this.directory, backend: this.#backend }).stack("dev", {
      through: this.through,
    });
    const { output } = await run(this.#stack, name, flags, status === undefined ? 0 : 7);
    return status === undefined ? output : `${output}\n7\n`;
  }

  leave(): void {
    this.#shell("test ! -d .simulator || npx pulumi-tableau simulate stop --dir .simulator || true");
    for (const folder of [this.directory, this.#place]) rmSync(folder, { recursive: true, force: true });
  }

  #shell(command: string): string {
    // Nobody reads what npm has to say of other things, and it asks the registry for it.
    const quiet = { npm_config_audit: "false", npm_config_fund: "false", npm_config_update_notifier: "false" };
    const env = { ...this.#backend.environment(), npm_config_prefer_offline: "true", ...quiet };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: this.directory, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stderr}${stdout}`);
    return stdout;
  }
}

/** The packed file instead of the published one, and the SDK of this lane. */
function substitute(command: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(packedLane(), "package.json"), "utf8")) as { dependencies: Record<string, string> };
  return command.startsWith("npm install ")
    ? command
        .replace(" pulumi-tableau", ` ${dependencies["pulumi-tableau"] ?? ""}`)
        .replace(" @pulumi/pulumi", ` @pulumi/pulumi@${dependencies["@pulumi/pulumi"] ?? ""}`)
    : command;
}

function run(stack: Stack, name: string, flags: string, exitCode: number): Promise<OperationResult> {
  const options = { refresh: flags.includes(" --refresh"), expectNoChanges: flags.includes(" --expect-no-changes"), exitCode };
  if (name === "preview") return stack.preview(options);
  return name === "up" ? stack.up(options) : stack.destroy(options);
}
