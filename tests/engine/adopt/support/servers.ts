import { connectPluginsPathKey, disableVerifyKey } from "../../../../provider/vocabulary/keys";
import { makeTaco, type ClusterOptions, type TacoOptions } from "../../../../simulator";

export const shared = "/opt/tableau/connectors";
export const data = "/var/opt/tableau/tableau_server/data/tabsvc";
const onWindows = "C:/Program Files/Tableau/Connectors";
const perProcess = ["vizqlserver", "flowprocessor", "flowqueryservice"].map((name) => `${data}/${name}/Connectors`);

/** A server that somebody set up by hand, and what a program has to say of it. */
export interface Server {
  readonly what: string;
  readonly options?: Partial<ClusterOptions>;
  /** On every node. */
  readonly files: Readonly<Record<string, Buffer>>;
  readonly keys?: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  readonly says?: RegExp;
  /** On every node, since the server has started. */
  readonly later?: Readonly<Record<string, Buffer>>;
  /** Why its first `up` restarts it. Absent: it does not. */
  readonly due?: string;
}

export const taco = (pluginClass: string, rest: Partial<TacoOptions> = {}): Buffer =>
  makeTaco({ class: pluginClass, pluginVersion: "1.0.0", ...rest });

export const servers: readonly Server[] = [
  {
    what: "the shared folder, a driver, and keys of others",
    files: {
      [`${shared}/a_jdbc.taco`]: taco("a_jdbc"),
      [`${shared}/b connector.taco`]: taco("b_jdbc"),
      "/opt/tableau/tableau_driver/jdbc/postgresql-42.7.4.jar": taco("driver"),
    },
    keys: { "gateway.timeout": "7201", "oauth.config.clients": "hunter2 of somebody", [connectPluginsPathKey]: "/srv/elsewhere" },
    classes: ["a_jdbc 1.0.0", "b_jdbc 1.0.0"],
  },
  {
    what: "unsigned, verification off",
    files: { [`${shared}/a_jdbc.taco`]: taco("a_jdbc", { signed: "none" }) },
    keys: { [disableVerifyKey]: "true" },
    classes: ["a_jdbc 1.0.0"],
    says: /\/\/ Its signature is not accepted, so it cannot be required: .*\n[^}]*requireSignature: false[\s\S]*disableVerifyConnectorPluginSignature: true/,
  },
  {
    what: "the own folders of the processes",
    files: Object.fromEntries(perProcess.map((folder) => [`${folder}/a_jdbc.taco`, taco("a_jdbc")])),
    classes: ["a_jdbc 1.0.0"],
    says: /placement: "perProcess"/,
  },
  {
    what: "a folder that the path key names",
    options: { version: "2020.4" },
    files: { "/opt/tableau/more/a_jdbc.taco": taco("a_jdbc") },
    keys: { [connectPluginsPathKey]: "/opt/tableau/more" },
    classes: ["a_jdbc 1.0.0"],
    says: /placement: "path"[\s\S]*connectorsDirectory: "\/opt\/tableau\/more"/,
  },
  {
    what: "Windows",
    options: { platform: "windows" },
    files: {
      [`${onWindows}/a_jdbc.taco`]: taco("a_jdbc"),
      "C:/Program Files/Tableau/Drivers/driver.jar": taco("driver"),
    },
    classes: ["a_jdbc 1.0.0"],
    says: /platform: "windows"/,
  },
  {
    what: "Windows, where a copy with an old time came after the start",
    options: { platform: "windows" },
    files: { [`${onWindows}/a_jdbc.taco`]: taco("a_jdbc") },
    later: { [`${onWindows}/b_jdbc.taco`]: taco("b_jdbc") },
    classes: ["a_jdbc 1.0.0", "b_jdbc 1.0.0"],
    // The folder has changed since, so that nobody can tell which of the files in it came with that.
    due: "a_jdbc.taco on node1 is not loaded yet; a_jdbc.taco on node2 is not loaded yet; b_jdbc.taco on node1 is not loaded yet; b_jdbc.taco on node2 is not loaded yet. Windows does not tell",
  },
  {
    what: "a file that came after the start",
    files: { [`${shared}/a_jdbc.taco`]: taco("a_jdbc") },
    later: { [`${shared}/b_jdbc.taco`]: taco("b_jdbc") },
    classes: ["a_jdbc 1.0.0", "b_jdbc 1.0.0"],
    due: "b_jdbc.taco on node1 is not loaded yet; b_jdbc.taco on node2 is not loaded yet.",
  },
  {
    what: "names that want to be more than names",
    files: {
      [`${shared}/'"; $(touch x) \`\${process.exit()}\` .taco`]: taco("evil"),
      [`${shared}/-rf.taco`]: taco("dash"),
      [`${shared}/é.taco`]: taco("accent"),
    },
    classes: ["accent 1.0.0", "dash 1.0.0", "evil 1.0.0"],
  },
];
