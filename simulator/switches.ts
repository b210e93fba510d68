/**
 * What no public source settles about Tableau Server: each is a switch, and software that talks to it has to be right
 * under every setting. The first setting is the default. A "random" layout is drawn from the switch `seed`.
 */
export const switchSettings = {
  /** Wording of the question before a restart. */
  promptWording: ["recalled", "short", "none"],
  cancelledPromptExit: ["0", "1", "2"],
  unknownKeyExit: ["1", "0", "2"],
  /** What `get` says of a known key without a value. */
  unsetValue: ["Null", "null", "empty", "text"],
  /** Whether a `set` to the value already applied is pending. */
  equalSet: ["pending", "not-pending", "warns"],
  /** A `set` back to the applied value while another value is pending. */
  setBack: ["pending", "vanishes", "ignored"],
  /** What `get` says of a forced key after it was applied. */
  forcedKeyAnswer: ["value", "unknown", "unknown-short"],
  /** Whether the server knows the two keys for connectors. */
  connectorKeys: ["unknown", "known", "flag-known"],
  pendingLayout: ["key-first", "value-first", "table", "two-line", "bullets", "json", "quoted", "random"],
  pendingHeader: ["Configuration", "Configuration changes", "none"],
  listNodesLayout: ["lines", "table", "json", "random"],
  jobsLayout: ["table", "lines", "blocks", "json", "random"],
  /** What a command that needs a job does while another job runs. */
  busyJob: ["queue", "refuse", "refuse-exit-0"],
  errorStream: ["stderr", "stdout", "both"],
  /** `configuration set -d` on a key that the server does not know. */
  resetForced: ["works", "refused", "ignored"],
  /** `apply` with nothing pending. */
  emptyApply: ["exit-0", "exit-1", "silent"],
  setOutput: ["silent", "sentence", "echo"],
  lifecycleOutput: ["recalled", "progress", "silent"],
  failureText: ["sentence", "job", "stack-trace"],
  timeoutText: ["sentence", "exception", "silent"],
  indentation: ["tab", "blanks", "none"],
  lineEnds: ["lf", "crlf", "trailing-blanks", "ansi"],
  /** What Java, loggers and other programs around tsm print beside its answers; it changes with their releases. */
  noise: ["none", "java-11", "java-17", "java-21", "java-24", "java-options", "loggers", "certificates", "locale", "sudo", "login"],
  /** Where: on standard error, or on standard output before or after the answer. */
  noisePlace: ["stderr", "before", "after"],
  /** How long a login by `tsm login` lasts. */
  loginExpiry: ["120-minutes", "one-call", "never"],
  /** In which order the packages of one folder are read. */
  folderOrder: ["name", "reverse-name", "newest-first"],
  /** Where the folder of an unpacked connector is read; every source names the path key alone. */
  unpackedFolders: ["path", "path-and-shared", "everywhere"],
  /** Windows: how a running server has its packages open. "renamable": they may be moved away, but not replaced. */
  openPackages: ["closed", "locked", "renamable"],
  /** Windows: how certutil prints a digest; "blocked": it may not be run. */
  certutilDigest: ["joined", "pairs", "blocked"],
  windowsLanguage: ["english", "german", "french"],
  /** Windows: what PowerShell tells of processes. */
  processList: ["whole", "no-command-lines", "blocked"],
} as const satisfies Readonly<Record<string, readonly [string, string, string, ...string[]]>>;

export type SwitchName = keyof typeof switchSettings;
/** A setting of every switch, and the seed (any text) of the random layouts. */
export type Switches = { readonly [Name in SwitchName]: (typeof switchSettings)[Name][number] } & { readonly seed: string };

/** Switches that change nothing but Windows nodes. */
export const windowsSwitchNames = ["openPackages", "certutilDigest", "windowsLanguage", "processList"] as const satisfies SwitchName[];

export const switchNames = Object.keys(switchSettings) as SwitchName[];

export function defaultSwitches(): Switches {
  const firsts = switchNames.map((name) => [name, switchSettings[name][0]]);
  return { ...(Object.fromEntries(firsts) as Omit<Switches, "seed">), seed: "1" };
}

/** Whether `value` is a setting of the switch `name`. */
export function isSetting(name: string, value: string): boolean {
  if (name === "seed") return value !== "";
  const settings: readonly string[] | undefined = (switchSettings as Readonly<Record<string, readonly string[]>>)[name];
  return settings?.includes(value) ?? false;
}
