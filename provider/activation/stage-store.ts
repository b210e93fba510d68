import type { Host } from "../host/host";
import type { SeenServer } from "../plan/seen";
import type { TrustEntry } from "../plan/seen-trust";
import type { Step } from "../plan/step";
import { makeStore } from "../actions/stage-trust";
import { TableauError } from "../vocabulary/error";
import type { Target } from "./target";

type TrustStep = Extract<Step, { kind: "trust" }>;

/**
 * Has a JRE's own keytool make its new trust store beside the old one, and reads it: it must hold what the old one holds, entry by entry,
 * but for the certificates that come and go.
 *
 * @returns the step that puts it in its place.
 * @throws TableauError if it cannot be made, or does not hold that; the live one is as before.
 */
export async function stageStore(
  { stateDirectory, timeouts, trustStores }: Pick<Target, "stateDirectory" | "timeouts" | "trustStores">,
  host: Host,
  step: TrustStep,
  seen: Pick<SeenServer, "nodes">,
): Promise<Extract<Step, { kind: "place" }>> {
  const { path, was, remove, add } = step;
  const wanted = { stateDirectory, path, was, remove, add };
  const { sha256, content } = await makeStore(host, wanted, trustStores.password, timeouts.command);
  const wrong = whatIsWrong(step, entriesBefore(step, seen), readOrNull(trustStores, content));
  if (wrong !== null) throw unsound(host, step, wrong);
  return { kind: "place", node: host.node, directory: path.replace(/\/cacerts$/, ""), fileName: "cacerts", sha256, was };
}

function entriesBefore({ node, repository }: TrustStep, { nodes }: Pick<SeenServer, "nodes">): readonly TrustEntry[] {
  const stores = nodes.find(({ name }) => name === node)?.trust?.stores ?? [];
  return stores.find((store) => store.repository === repository)?.entries ?? [];
}

function readOrNull({ read }: Target["trustStores"], content: Buffer): readonly TrustEntry[] | null {
  try {
    return read(content);
  } catch {
    return null;
  }
}

function whatIsWrong({ add, remove }: TrustStep, before: readonly TrustEntry[], after: readonly TrustEntry[] | null): string | null {
  if (after === null) return "it cannot be read";
  const gone = new Set(remove.map(keyOf));
  const expected = [
    ...before.filter((entry) => !(entry.is === "certificate" && gone.has(keyOf(entry)))),
    ...add.map((one): TrustEntry => ({ ...one, is: "certificate" })),
  ];
  const [missing] = lacking(after, expected);
  const [extra] = lacking(expected, after);
  if (missing !== undefined) return `it lacks ${JSON.stringify(missing.alias)}`;
  return extra === undefined ? null : `it has ${JSON.stringify(extra.alias)}, which nobody asked for`;
}

function lacking(there: readonly TrustEntry[], wanted: readonly TrustEntry[]): TrustEntry[] {
  const keys = new Set(there.map(keyOf));
  return wanted.filter((entry) => !keys.has(keyOf(entry)));
}

function keyOf({ alias, sha256 }: Pick<TrustEntry, "alias" | "sha256">): string {
  return JSON.stringify([alias, sha256]);
}

function unsound(host: Host, { path }: TrustStep, wrong: string): TableauError {
  return new TableauError("activation-failed", {
    node: host.node,
    message: `keytool made a new ${path}, and ${wrong}: it was not put in place.`,
    next: "Run that JRE's keytool -list on the file, and `pulumi up` again.",
  });
}
