import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { installNodePackage } from "../plugin/support/node-package";
import { pluginFolder } from "../plugin/support";
import { lane, repository, type RunOptions, Stage } from "../support";

/** A way from a program in TypeScript to the same lifecycles: dynamic resources, or the provider plugin. */
export interface Door {
  readonly name: string;
  /** How an operation comes to look at the nodes first. */
  readonly look: RunOptions;
  start(): Promise<Stage>;
  /** Process numbers of the provider processes that work for a stage. */
  processes(stage: Stage): string[];
}

/** The same program through either: one connector, its config, and where `later` is wanted one whose source an output of the config tells. */
const programOf = (library: string, listed: string): string => `
  import { readFileSync } from "node:fs";
  import { TableauConnector, TableauServerPluginsConfig } from "${library}";
  const { server, source, later, config: rest } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const a = new TableauConnector("a", { server, source });
  const config = new TableauServerPluginsConfig("config", { server, connectors: [${listed}], ...rest });
  if (later) new TableauConnector("later", { server, source: config.running.apply(() => later) });
  export const running = config.running;
`;

const dynamicResources: Door = {
  name: "dynamic resources",
  look: { refresh: true },
  start: () => Stage.start(programOf("pulumi-tableau", "a")),
  processes: ({ project }) => processes((line, folder) => line.includes("dynamic-provider") && folder === project.directory),
};

const plugin: Door = {
  name: "the provider plugin",
  look: {},
  async start(): Promise<Stage> {
    const stage = await Stage.start(programOf("@pulumi-tableau/tableau", "a.ref"), { path: [pluginFolder()] });
    installNodePackage(stage.project);
    return stage;
  },
  processes: () => processes((line) => line.includes(pluginFolder())),
};

/** What dynamic resources do depends on the SDK, so each lane plays them, with its own; the plugin brings its SDK with it. */
export const door = lane === repository ? plugin : dynamicResources;

function processes(isOne: (commandLine: string, folder: string) => boolean): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && isOne(readFileSync(`/proc/${pid}/cmdline`, "utf8"), readlinkSync(`/proc/${pid}/cwd`));
    } catch {
      return false;
    }
  });
}
