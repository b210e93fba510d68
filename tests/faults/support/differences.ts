import type { ServerNow } from "./fault-bench";

const flagKey = "native_api.disable_verify_connector_plugin_signature";

/** What of a server differs from the wanted state, in words; empty: nothing. */
export function differencesOf(now: ServerNow, wanted: readonly string[], flags: readonly string[]): string[] {
  const flag = now.applied[flagKey] ?? "false";
  return [
    ...(now.status === "RUNNING" ? [] : [`the server is ${now.status}`]),
    ...now.nodes.flatMap(({ live, loaded, leftovers, note }, i) => {
      const node = `node${String(i + 1)}`;
      return [
        ...(isSame(live, wanted) ? [] : [`${node} has ${live.join(", ")}`]),
        ...(isSame(loaded, wanted) ? [] : [`${node} loaded ${loaded.join(", ")}`]),
        ...leftovers.map((name) => `left over on ${node}: ${name}`),
        ...(note === "" ? [] : [`the note of a due restart is still there: ${note.trim()}`]),
      ];
    }),
    ...(flags.includes(flag) ? [] : [`the flag is ${flag}`]),
    ...Object.keys(now.pending)
      .filter((key) => key.startsWith("native_api."))
      .map((key) => `pending of ours: ${key}`),
  ];
}

/** What of other keys is not as it should be, in words; nothing of them may be pending. */
export function keyDifferences({ applied, pending }: ServerNow, wanted: Readonly<Record<string, string | undefined>> = {}): string[] {
  return Object.entries(wanted).flatMap(([key, value]) => [
    ...((applied[key] ?? "") === (value ?? "") ? [] : [`lost: ${key} is ${applied[key] ?? "not set"}`]),
    ...(key in pending ? [`pending of ours: ${key}`] : []),
  ]);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
}
