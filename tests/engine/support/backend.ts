import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { findEngine, repository } from "./engine";
import { lane } from "./lane";
import { Operators } from "./operators";

export const passphrase = "correct horse battery staple";

/** A folder with everything that the engine keeps: state, its home, and the programs; several projects and stacks may share it. */
export class Backend {
  readonly directory: string;
  /** The folder with the state files of all stacks. */
  readonly state: string;
  readonly home: string;
  readonly operators = new Operators();

  /** @param place The folder that the programs resolve their modules from; default: the lane. */
  constructor(place: string = lane) {
    const base = join(place, ".work", "engine");
    mkdirSync(base, { recursive: true });
    this.directory = mkdtempSync(join(base, "b"));
    this.state = join(this.directory, "state");
    this.home = join(this.directory, "home");
    mkdirSync(this.state);
    mkdirSync(this.home);
  }

  /** The whole environment of an engine process: nothing of jest, our `node` first. */
  environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    const { JEST_WORKER_ID: _worker, NODE_ENV: _mode, NODE_OPTIONS: _options, ...inherited } = process.env;
    return {
      ...inherited,
      PATH: [...findEngine().path, dirname(process.execPath), process.env["PATH"]].join(":"),
      PULUMI_HOME: this.home,
      PULUMI_BACKEND_URL: `file://${this.state}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      // What another test's server trusts is not known here, although it may have had the same port.
      PULUMI_TABLEAU_CACHE: join(this.directory, "cache"),
      // Node 22 keeps what it has compiled: every operation loads the SDK at least once. Node 20 does not know it.
      NODE_COMPILE_CACHE: join(repository, ".work", "compile-cache"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...extra,
    };
  }

  /** Removes the folder, and ends the processes that work in it. */
  remove(): void {
    this.operators.end();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
