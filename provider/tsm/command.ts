import { isOwnKey } from "../vocabulary/keys";
import { Secret } from "../vocabulary/secret";
import { type Call, settingsFile } from "./call";

/** Stands for `https://<host name>:8850`; the script fills in the name of the node it runs on. */
export const thisServer = "https://HOSTNAME:8850";

export const version = (): Call => read("version");

export const status = (): Call => read("status", "-v");

export const listNodes = (): Call => read("topology", "list-nodes");

/** `get` takes no `--force-keys`: https://github.com/tableau/connector-plugin-sdk/issues/1273 */
export const getKey = (key: string): Call => {
  const call = read("configuration", "get", "-k", key);
  return isOwnKey(key) ? call : { ...call, prints: "values" };
};

export const setKey = (key: string, value: string): Call =>
  change(["configuration", "set", "-k", key, ...optionWithValue("-v", "--value", value), "--force-keys"]);

/**
 * Sets keys whose values may be secrets: `configuration set` would show them in the process list.
 *
 * @see https://help.tableau.com/current/server-linux/en-us/cli_settings_tsm.htm
 */
export const importKeys = (values: ReadonlyMap<string, string>): Call => ({
  ...change(["settings", "import", "-f", settingsFile, "--config-only", "--force-keys"]),
  name: "tsm settings import",
  prints: "values",
  file: new Secret(`${JSON.stringify({ configKeys: Object.fromEntries(values) })}\n`),
});

export const resetKey = (key: string, force: "force-keys" | "known-keys"): Call =>
  change(["configuration", "set", "-k", key, "-d", ...(force === "force-keys" ? ["--force-keys"] : [])]);

export const listPending = (what: "config" | "topology"): Call => ({
  ...read("pending-changes", "list", `--${what}-only`),
  prints: "values",
});

export const discardPending = (): Call => ({ ...change(["pending-changes", "discard", "--config-only"]), prints: "values" });

export const applyPending = (requestTimeoutSeconds: number): Call =>
  job(["pending-changes", "apply", "--ignore-prompt", "--request-timeout", String(requestTimeoutSeconds)]);

export const restart = (requestTimeoutSeconds: number): Call => job(["restart", "--request-timeout", String(requestTimeoutSeconds)]);

export const listJobs = (): Call => read("jobs", "list");

/** The calls after it run only where it surely shows no running job. */
export const listJobsFirst = (): Call => ({ ...listJobs(), onFailure: "stop-if-busy" });

/** Without an id tsm takes the newest job. */
export const reconnectJob = (id: string | undefined, requestTimeoutSeconds: number): Call =>
  job(["jobs", "reconnect", ...(id === undefined ? [] : ["--id", id]), "--request-timeout", String(requestTimeoutSeconds)]);

/** The same call under a TSM account; the password comes on standard input, as the vendor's automated-installer does it. */
export const withAccount = (call: Call, username: string): Call => ({
  ...call,
  args: [...call.args, ...optionWithValue("-u", "--username", username), "-s", thisServer],
});

/**
 * tsm's messages are those of Apache Commons CLI, whose parser takes `-v -d` as two options. A value that begins with a dash
 * therefore travels in one argument with its option's long name, `--value=-d`, which every parser of that library splits at "=".
 */
function optionWithValue(short: string, long: string, value: string): readonly string[] {
  return value.startsWith("-") ? [`${long}=${value}`] : [short, value];
}

function read(...args: string[]): Call {
  return { name: `tsm ${args.join(" ")}`, args, prints: "facts", onFailure: "go-on", output: "whole" };
}

function change(args: readonly string[]): Call {
  return { name: `tsm ${args.join(" ")}`, args, prints: "facts", onFailure: "stop", output: "whole" };
}

function job(args: readonly string[]): Call {
  return { name: `tsm ${args.join(" ")}`, args, prints: "values", onFailure: "stop", output: "lines" };
}
