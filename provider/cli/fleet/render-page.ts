import { createHash } from "node:crypto";
import { short } from "../../plan/describe/describe-step";
import { printableLine } from "../../vocabulary/printable";
import type { Cell, CellState, Finding, FindingKind, Fleet, NotKnown, Place, Row } from "./fleet.types";
import { pageStyle } from "./page-style";
import { count, describeFleet, describeNodes, describeProduct, describeSeen, kindWords, stateMeanings, stateWords } from "./words";

/** More columns than these do not fit on an upright page, and on one that lies on its side. */
const uprightColumns = 4;
const widestColumns = 9;

/**
 * A fleet as one page: one file that asks nobody for anything, needs no script, and has a policy that forbids both. Every text that
 * a state or a node could have written goes through `escaped`.
 */
export function renderPage(fleet: Fleet): string {
  const style = `@page { size: A4 ${fleet.places.length > uprightColumns && fleet.places.length <= widestColumns ? "landscape" : "portrait"}; margin: 13mm; }${pageStyle}`;
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const act = fleet.findings.filter(({ severity }) => severity === "act");
  const notes = fleet.findings.filter(({ severity }) => severity === "note");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Tableau plugins: ${escaped(describeFleet(fleet))}</title>
<style>${style}</style>
</head>
<body>
<main>
${header(fleet, act.length)}
${findingsSection("Needs a person", act)}
${tableSection(fleet)}
${findingsSection("Worth knowing", notes)}
${notKnownSection(fleet)}
<footer>Made by <code>pulumi-tableau fleet</code> on ${escaped(minute(fleet.at))}.</footer>
</main>
</body>
</html>
`;
}

function header(fleet: Fleet, needed: number): string {
  const source =
    fleet.source === "nodes"
      ? "As the nodes say now; nothing was changed."
      : "As Pulumi saw them last. What somebody has changed on a node since then is not on this page.";
  const unseen = fleet.notKnown.filter(({ kind }) => kind === "not-seen").length;
  const verdicts = [
    ...(needed > 0 ? [verdict("act", `${count(needed, "thing")} need${needed === 1 ? "s" : ""} a person`)] : []),
    ...(needed === 0 && unseen === 0 ? [verdict("well", "Nothing needs a person")] : []),
    ...(unseen > 0 ? [verdict("blind", `${count(unseen, "thing")} could not be seen`)] : []),
  ];
  return `<header>
<p class="eyebrow">Tableau connectors and drivers</p>
<h1>${escaped(describeFleet(fleet))}</h1>
<p class="lead">${source}</p>
<div class="verdicts">${verdicts.join("\n")}</div>
</header>`;
}

function verdict(kind: string, text: string): string {
  return `<p class="verdict ${kind}">${escaped(text)}</p>`;
}

function findingsSection(title: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  return section(title, String(findings.length), `<ol class="findings">\n${findings.map(findingItem).join("\n")}\n</ol>`);
}

const colours: Readonly<Record<FindingKind, string>> = {
  ownership: "red",
  drift: "red",
  restart: "violet",
  version: "amber",
  expiry: "blue",
  verification: "red",
  unlisted: "grey",
  failed: "red",
  status: "grey",
  waiting: "grey",
};

function findingItem({ kind, text, next }: Finding): string {
  const todo = next === null ? "" : `<p class="next">${prose(next)}</p>`;
  return `<li><span class="tag ${colours[kind]}">${escaped(capital(kindWords[kind]))}</span><p>${prose(text)}</p>${todo}</li>`;
}

const stateColours: Readonly<Record<CellState, string>> = {
  current: "green",
  older: "amber",
  differs: "amber",
  drift: "red",
  "restart-due": "violet",
  waiting: "grey",
  "not-live": "grey",
  "certificate-ends": "blue",
  "not-known": "grey",
};

function tableSection({ places, rows, at }: Fleet): string {
  if (places.length === 0) return section("What runs where", "", `<p class="lead">None of these stacks has a connector or a driver.</p>`);
  const heads = places.map((place) => `<th scope="col">${placeHead(place, at)}</th>`).join("");
  const body = rows.map((row) => tableRow(row, places)).join("\n");
  const table = `<table>\n<thead><tr><td></td>${heads}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
  return section(
    "What runs where",
    "",
    `<div class="scroll${places.length > widestColumns ? " many" : ""}">${table}</div>\n${legend(rows)}`,
  );
}

function placeHead(place: Place, now: string): string {
  const nodes = describeNodes(place);
  const lines = [
    ...(place.stack === place.name ? [] : [`stack ${place.stack}`]),
    describeProduct(place),
    ...(nodes === null ? [] : [nodes]),
    describeSeen(place.seen, now),
  ];
  return `<span class="where">${escaped(place.name)}</span>${metas(lines)}`;
}

function metas(lines: readonly string[]): string {
  return lines.map((text) => `<span class="meta">${escaped(text)}</span>`).join("");
}

function tableRow({ kind, name, newest, cells }: Row, places: readonly Place[]): string {
  const about = kind === "driver" ? "driver" : `newest ${newest ?? "not known"}`;
  const head = `<th scope="row">${escaped(name)}<span class="meta">${escaped(about)}</span></th>`;
  return `<tr>${head}${places
    .map((place) =>
      tableCell(
        cells.filter((cell) => cell.place === place.id),
        place,
      ),
    )
    .join("")}</tr>`;
}

function tableCell(cells: readonly Cell[], place: Place): string {
  const [first] = cells;
  if (first === undefined) return `<td class="none">–</td>`;
  const where = [
    ...(place.stack === place.name ? [] : [`stack ${place.stack}`]),
    ...(place.kind === "machine" ? [describeProduct(place)] : []),
  ];
  const label = `<div class="label"><span class="where">${escaped(place.name)}</span>${metas(where)}</div>`;
  const isCurrent = cells.every(({ states }) => states.every((state) => state === "current"));
  return `<td${isCurrent ? ` class="current"` : ""}>${label}<div>${cells.map(cellText).join("")}</div></td>`;
}

function cellText({ version, sha256, running, states }: Cell): string {
  const tags = states
    .filter((state) => state !== "current")
    .map((state) => `<span class="tag ${stateColours[state]}">${escaped(capital(stateWords[state]))}</span>`);
  const title = version ?? "in place";
  const loaded =
    running === null || running === "not confirmed" ? "" : `<span class="meta">${escaped(`loaded: ${running.version}`)}</span>`;
  return `<span class="version">${escaped(title)}</span><span class="digest">${escaped(short(sha256))}</span>${loaded}${tags.join("")}`;
}

function legend(rows: readonly Row[]): string {
  const used = new Set(rows.flatMap(({ cells }) => cells.flatMap(({ states }) => states)));
  const items = Object.entries(stateColours).flatMap(([state, colour]) => {
    const known = [...used].find((one) => one === state);
    if (known === undefined) return [];
    return [`<li><span class="tag ${colour}">${escaped(capital(stateWords[known]))}</span> ${escaped(stateMeanings[known])}</li>`];
  });
  return `<ul class="legend">${items.join("")}</ul>`;
}

function notKnownSection({ notKnown, places }: Fleet): string {
  if (notKnown.length === 0) return "";
  return section("Not known", "", `<ul class="unknown">\n${notKnown.map((one) => notKnownItem(one, places)).join("\n")}\n</ul>`);
}

function notKnownItem({ stack, place: id, text }: NotKnown, places: readonly Place[]): string {
  const place = places.find((one) => one.id === id);
  const whose = [...(place === undefined ? [] : [place.name]), ...(stack === null ? [] : [`stack ${stack}`])].join(", ");
  return `<li>${whose === "" ? "" : `<b>${escaped(whose)}.</b> `}${prose(text)}</li>`;
}

function section(title: string, figure: string, body: string): string {
  return `<section>\n<h2><b>${escaped(title)}</b>${figure === "" ? "" : ` ${escaped(figure)}`}</h2>\n${body}\n</section>`;
}

function minute(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Sentences, in which what stands between backticks is code, and no day is broken. */
function prose(text: string): string {
  const parts = text.split("`");
  // The last of an even number of parts has a backtick that nothing closes.
  const isCode = (i: number): boolean => i % 2 === 1 && i < parts.length - 1;
  return parts
    .map((part, i) => (isCode(i) ? `<code>${escaped(part)}</code>` : withDays(escaped(i % 2 === 1 ? `\`${part}` : part))))
    .join("");
}

function withDays(html: string): string {
  return html.replace(/\b\d{4}-\d{2}-\d{2}\b/g, `<span class="day">$&</span>`);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand in an element or a quoted attribute; what cannot be seen, or turns the direction of writing round, is an escape. */
function escaped(text: string): string {
  return printableLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
