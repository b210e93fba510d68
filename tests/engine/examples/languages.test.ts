import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterState } from "../../../simulator";
import { isGoReady, makeHost, makePython, yamlHost } from "../plugin/support/host";
import { findMissing } from "../readme/find-missing";
import { readSteps } from "../readme/read-steps";
import { findEngine, packedLane, repository } from "../support";
import { Example } from "./support";

/** A copy of an example, in which its README is typed with the packed plugin and command line. */
class Typed {
  readonly example: Example;
  readonly folder: string;
  readonly #path: string[] = [];
  readonly #environment: Record<string, string> = { PULUMI_SKIP_CONFIRMATIONS: "true" };

  constructor(readonly name: string) {
    this.example = new Example(name);
    this.folder = this.example.project.directory;
  }

  with(path: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
    this.#path.push(...path);
    Object.assign(this.#environment, environment);
  }

  shell(command: string): string {
    const own = this.example.project.backend.environment(this.#environment);
    const path = [join(packedLane(), "node_modules/.bin"), ...this.#path, ...findEngine().path, own["PATH"]];
    const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
      cwd: this.folder,
      env: { ...own, PATH: path.join(":") },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stderr}${stdout}`);
    return stdout;
  }

  /** Types the part of its README between the marks. Gives what is missing of what is shown there, and the state of the server in the end. */
  async type(): Promise<{ readonly missing: readonly string[]; readonly state: ClusterState }> {
    const missing: string[] = [];
    let state: ClusterState | undefined;
    for (const step of readSteps(readFileSync(join(this.folder, "README.md"), "utf8"))) {
      if (step.kind === "file") throw new Error(`${step.name} is no part of the example.`);
      if (step.command.includes("simulate stop")) state = await this.example.state(".simulator");
      const printed = this.shell(step.command);
      const line = findMissing(step.shown, printed);
      if (line !== undefined) missing.push(`${step.command} does not print ${line}:\n${printed}`);
    }
    if (state === undefined) throw new Error("The README does not stop the simulator.");
    return { missing, state };
  }

  async remove(): Promise<void> {
    spawnSync(join(packedLane(), "node_modules/.bin/pulumi-tableau"), ["simulate", "stop", "--dir", ".simulator"], { cwd: this.folder });
    await this.example.remove();
  }
}

// `npm install --global`, `pulumi install` and `go mod tidy` ask registries for what is not published from here: what they install is made here.
const languages: Readonly<Record<string, { readonly isReady: boolean; readonly prepare: (typed: Typed) => void }>> = {
  python: {
    isReady: true,
    prepare(typed) {
      const { path, environment } = makePython(join(typed.folder, ".python"));
      typed.with(path, environment);
    },
  },
  go: {
    isReady: isGoReady(),
    prepare(typed) {
      const sdk = join(repository, "sdk/go/tableau");
      const [, name = ""] = /^module (\S+)$/m.exec(readFileSync(join(sdk, "go.mod"), "utf8")) ?? [];
      cpSync(join(sdk, "go.sum"), join(typed.folder, "go.sum"));
      typed.with([makeHost("go", join(typed.folder, "bin"))], { GOFLAGS: "-mod=mod" });
      typed.shell(`go mod edit -replace ${name}=${sdk}`);
    },
  },
  yaml: {
    isReady: yamlHost() !== "",
    prepare(typed) {
      typed.with([yamlHost()]);
    },
  },
};

for (const [name, language] of Object.entries(languages)) {
  (language.isReady ? describe : describe.skip)(`${name} (skipped until \`node scripts/${name}.mjs\` has made what it needs)`, () => {
    test("its README, typed: two connectors, drift that plain preview sees, repaired, gone", async () => {
      const typed = new Typed(name);
      try {
        language.prepare(typed);
        const { missing, state } = await typed.type();
        expect(missing).toEqual([]);
        expect([state.restarts, state.nodes.flatMap(({ loaded }) => loaded)]).toEqual([3, []]);
      } finally {
        await typed.remove();
      }
    });
  });
}
