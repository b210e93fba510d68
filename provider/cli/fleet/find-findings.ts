import { listOf } from "../../plan/describe/words";
import { short } from "../../plan/describe/describe-step";
import { compareVersions } from "../../vocabulary/version";
import type { Cell, Finding, FindingKind, Row } from "./fleet.types";
import { findingKinds } from "./fleet.types";
import { groupBy } from "./group-by";
import { samePlaces } from "./same-places";
import type { PlaceState } from "./place-state";
import type { StackState } from "./stack-state";

/** What somebody should know of the fleet: what needs a person first. */
export function findFindings(stacks: readonly StackState[], places: readonly PlaceState[], rows: readonly Row[], now: Date): Finding[] {
  const name = namesOf(places.map(({ place }) => place));
  const found = [
    ...twoStacks(places, name),
    ...places.flatMap((one) => ofPlace(one, name)),
    ...rows.flatMap((row) => ofRow(row, name, now)),
    ...trustedOnes(places, name, now),
    ...stacks.flatMap(interrupted),
  ];
  const order = (one: Finding): number => (one.severity === "act" ? 0 : findingKinds.length) + findingKinds.indexOf(one.kind);
  return found.sort((one, other) => order(one) - order(other));
}

/** What a place is called among the others: by its stack too, where the name alone would not say which. */
type NameOf = (id: string) => string;

/** Names of places for sentences. */
export function namesOf(places: readonly PlaceState["place"][]): NameOf {
  const labels = new Map(places.map((place) => [place.id, labelOf(place)]));
  const named = new Map(
    places.map((place) => {
      const label = labelOf(place);
      const isClear = [...labels.values()].filter((other) => other === label).length === 1;
      return [place.id, isClear ? label : `${label} (stack ${place.stack})`];
    }),
  );
  return (id) => named.get(id) ?? id;
}

const products = { desktop: "Tableau Desktop", prep: "Tableau Prep", bridge: "Tableau Bridge" } as const;

function labelOf({ name, product }: PlaceState["place"]): string {
  return product === null ? name : `${products[product]} of ${name}`;
}

function act(kind: FindingKind, text: string, next: string | null, places: readonly string[]): Finding {
  return { kind, severity: "act", text, next, places };
}

function note(kind: FindingKind, text: string, next: string | null, places: readonly string[]): Finding {
  return { kind, severity: "note", text, next, places };
}

function ofPlace(one: PlaceState, name: NameOf): Finding[] {
  const { place, drift, restart, belongsTo, waiting, failed, unverified } = one;
  const [who, at] = [name(place.id), [place.id]];
  const repair = `Run \`pulumi up --refresh\` in the stack ${place.stack}.`;
  return [
    ...(belongsTo === null
      ? []
      : [
          act(
            "ownership",
            `${who} belongs to ${belongsTo} by now: an \`up\` of the stack ${place.stack} is refused.`,
            "Take the server out of one of the two programs.",
            at,
          ),
        ]),
    ...(drift.length === 0 ? [] : [act("drift", `${who}: ${drift.join("; ")}.`, repair, at)]),
    ...(restart === null
      ? []
      : [
          act(
            "restart",
            `${who} has had a ${withDay(restart)}.`,
            `Restart it, or run \`pulumi up --refresh\` in the stack ${place.stack}.`,
            at,
          ),
        ]),
    ...(place.unlisted.length === 0
      ? []
      : [
          act(
            "unlisted",
            `${who} has packages that no program lists: ${listOf(place.unlisted)}.`,
            'List them, or take them away with `unlistedConnectors: "retire"`.',
            at,
          ),
        ]),
    ...unverified.map((text) =>
      place.kind === "server"
        ? act("verification", `${who} ${text}.`, "Set `disableVerifyConnectorPluginSignature: false` when every connector is signed.", at)
        : note("verification", `${who} ${text}.`, null, at),
    ),
    ...failed.map((text) =>
      act("failed", `The last operation on ${who} failed: ${firstSentence(text)}`, `Run \`pulumi up\` in the stack ${place.stack}.`, at),
    ),
    ...statusOf(place, who),
    ...(waiting === null ? [] : [note("waiting", `A change of ${who} waits: ${withDay(waiting)}.`, null, at)]),
  ];
}

function statusOf({ status, id }: PlaceState["place"], who: string): Finding[] {
  if (status === null || status === "RUNNING") return [];
  if (status === "STOPPED") return [note("status", `${who} was stopped when it was last looked at.`, null, [id])];
  return [act("status", `${who} was ${status} when it was last looked at.`, "Look at `tsm status -v` on its initial node.", [id])];
}

function ofRow(row: Row, name: NameOf, now: Date): Finding[] {
  return [...versionsOf(row, name), ...bytesOf(row, name), ...certificatesOf(row, name, now)];
}

function versionsOf({ name: plugin, newest, cells }: Row, name: NameOf): Finding[] {
  const versions = [...groupBy(cells, ({ version }) => spelling(version ?? "", cells))].sort(([one], [other]) =>
    compareVersions(other, one),
  );
  if (newest === null || versions.length < 2) return [];
  const where = (group: readonly Cell[]): string => listOf(group.map(({ place }) => name(place)));
  const text = `${plugin} is ${versions.map(([version, group]) => `${version} on ${where(group)}`).join("; ")}.`;
  return [
    act(
      "version",
      text,
      "Pass the digest of the newer one on, as examples/promotion does.",
      cells.map(({ place }) => place),
    ),
  ];
}

// "1.0" is "1.0.0".
function spelling(version: string, cells: readonly Cell[]): string {
  return cells.find((one) => compareVersions(one.version ?? "", version) === 0)?.version ?? version;
}

// Two packages that call themselves the same version.
function bytesOf({ kind, name: plugin, cells }: Row, name: NameOf): Finding[] {
  const different = cells.filter(({ states }) => states.includes("differs"));
  return [...groupBy(different, ({ version }) => spelling(version ?? "", different))].map(([version, group]) => {
    const digests = [...groupBy(group, ({ sha256 }) => sha256)];
    const where = digests.map(([sha256, some]) => `${short(sha256)} on ${listOf(some.map(({ place }) => name(place)))}`);
    const what = kind === "driver" ? plugin : `${plugin} ${version}`;
    return act(
      "version",
      `${what} is not the same file everywhere: ${where.join("; ")}.`,
      "Pin one of them with `sha256` in every program.",
      group.map(({ place }) => place),
    );
  });
}

function certificatesOf({ name: plugin, cells }: Row, name: NameOf, now: Date): Finding[] {
  const ending = cells.filter(({ states, certificate }) => certificate !== null && states.includes("certificate-ends"));
  const groups = [
    ...groupBy(
      ending,
      ({ version, certificate }) => `${version ?? ""} ${certificate?.notAfter ?? ""} ${certificate?.subject ?? ""}`,
    ).values(),
  ];
  return groups.flatMap((group) => {
    const [{ version, certificate }] = group;
    if (certificate === null) return [];
    const { subject, notAfter, timestamped } = certificate;
    const at = group.map(({ place }) => place);
    const text = `The certificate of ${plugin} ${version ?? ""} on ${listOf(at.map(name))} ${endOf(notAfter, now)} (${subject})`;
    return timestamped
      ? [note("expiry", `${text}. Its timestamp keeps this version valid.`, "Have the next version signed with a new certificate.", at)]
      : [
          act(
            "expiry",
            `${text}, and there is no timestamp: from then on Tableau refuses it.`,
            "Have it signed again, with a timestamp.",
            at,
          ),
        ];
  });
}

// What its own Java trusts, for connectors and for the TLS of drivers.
function trustedOnes(places: readonly PlaceState[], name: NameOf, now: Date): Finding[] {
  const all = places.flatMap(({ place: { id }, endingTrust }) => endingTrust.map((one) => ({ id, ...one })));
  return [...groupBy(all, ({ alias, notAfter, subject }) => JSON.stringify([alias, notAfter, subject])).values()].map((group) => {
    const [{ alias, notAfter, subject }] = group;
    const at = group.map(({ id }) => id);
    const trusts = at.length === 1 ? "trusts" : "trust";
    const text = `The certificate ${alias}, which ${listOf(at.map(name))} ${trusts}, ${endOf(notAfter, now)} (${subject}).`;
    return act("expiry", text, "List its successor in `trust` before that day.", at);
  });
}

function endOf(notAfter: string, now: Date): string {
  return `${Date.parse(notAfter) < now.getTime() ? "ended" : "ends"} on ${notAfter.slice(0, 10)}`;
}

function twoStacks(places: readonly PlaceState[], name: NameOf): Finding[] {
  return samePlaces(places).map(({ one, other, why }) => {
    const both = [one.place.id, other.place.id];
    const where =
      one.place.stack === other.place.stack
        ? `twice in the stack ${one.place.stack}`
        : `in the stacks ${one.place.stack} and ${other.place.stack}`;
    const text = `${listOf([...new Set(both.map(name))])}: one server stands ${where}, ${why}.`;
    return act("ownership", text, "Take it out of one of the two programs: only one can own it.", both);
  });
}

function interrupted({ name, interrupted: urns }: StackState): Finding[] {
  if (urns.length === 0) return [];
  const what = listOf(urns.map((urn) => urn.split("::").at(-1) ?? urn));
  return [
    act(
      "failed",
      `An operation on ${what} in the stack ${name} was interrupted.`,
      "Run `pulumi refresh --clear-pending-creates` there, then `pulumi up`.",
      [],
    ),
  ];
}

function withDay(text: string): string {
  return text.replace(/T(\d\d:\d\d)[\d:.]*Z/, " $1 UTC");
}

function firstSentence(text: string): string {
  const [line = ""] = text.trim().split("\n");
  return line.length > 300 ? `${line.slice(0, 300)} …` : line;
}
