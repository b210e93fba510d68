import { createHash } from "node:crypto";
import type { Fleet } from "../../../provider/cli/fleet/fleet.types";
import { makeFleet } from "../../../provider/cli/fleet/make-fleet";
import { renderPage } from "../../../provider/cli/fleet/render-page";
import { renderTable } from "../../../provider/cli/fleet/render-table";
import { unreadStack } from "../../../provider/cli/fleet/stack-state";
import { config, digest, everyFinding, listed, now, onMachine, stack } from "./states";

const every = makeFleet(everyFinding(), "state", now);

describe("the table in the terminal", () => {
  it("says first how many things need a person, then names them, then shows what runs where", () => {
    const table = renderTable(every, 190);
    expect(table).toMatch(/^5 servers and 2 machines in 6 stacks, as Pulumi saw them last: 14 things need a person\.\n\ntwo owners /);
    expect(table).toMatch(/\n {27}dev +test +staging\n/);
    expect(table).toMatch(/\nclickhouse_jdbc +1\.4\.0 [0-9a-f]{8} +1\.3\.0 [0-9a-f]{8} \[waiting, older\] +1\.3\.0 [0-9a-f]{8} \[restart due, older\]\n/);
    expect(table).toMatch(/\nnot known +archive: It could not be read\. `pulumi stack export` failed[^\n]*\n/);
    expect(table).not.toMatch(/ \n/);
  }); // prettier-ignore

  test.each([40, 100, 160, 400])("goes on below where %i columns of text are too few for all servers", (width) => {
    const lines = renderTable(every, width).split("\n");
    const rows = lines.filter((line) => /^(clickhouse|duckdb|iomete|mysql)_jdbc {2,}/.test(line));
    if (width >= 100) for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
    expect(rows.join("").match(/1\.[234]\.0 [0-9a-f]{8}/g)).toHaveLength(10);
  });

  it("says it where nothing needs a person, and where there is nothing at all", () => {
    const well = makeFleet([stack("prod", [config({ name: "prod", hosts: ["a"] }, [listed({ name: "a_jdbc", version: "1.0.0" })])])], "nodes", now);
    expect(renderTable(well, 100)).toMatch(/^1 server in 1 stack, as the nodes say now: nothing needs a person\.\n/);
    expect(renderTable(makeFleet([stack("x", [])], "state", now), 100)).toMatch(/^0 servers in 0 stacks/);
  }); // prettier-ignore
});

describe("the page", () => {
  const page = renderPage(every);

  it("has every finding, every class and every server in its text, and no cell without a word for its state", () => {
    const text = textOf(page);
    for (const { text: sentence } of every.findings) expect(text).toContain(sentence.replaceAll("`", ""));
    for (const { name } of every.rows) expect(text).toContain(name);
    for (const { name } of every.places) expect(text).toContain(name);
    expect(page.match(/<tr>/g)).toHaveLength(every.rows.length + 1);
  });

  it("asks nobody for anything: it names no address, and its policy forbids every request and every script", () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|url\(|@import|<script|<img|<iframe|\ssrc=|\son[a-z]+=/i);
    expect(page.match(/href="[^"]*"/g)).toEqual([`href="data:,"`]);
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`);
  });

  it("lies on its side on paper where it has many columns, and becomes cards where it has more", () => {
    const machines = (count: number): Fleet => {
      const all = Array.from({ length: count }, (_, i) => onMachine(`m${String(i)}`, "desktop", listed({ name: "a_jdbc", version: "1.0.0" })));
      return makeFleet([stack("all", all)], "state", now);
    };
    expect(renderPage(machines(3))).toMatch(/@page \{ size: A4 portrait;/);
    expect(renderPage(machines(8))).toMatch(/@page \{ size: A4 landscape;[\s\S]*class="scroll"/);
    expect(renderPage(machines(12))).toMatch(/@page \{ size: A4 portrait;[\s\S]*class="scroll many"/);
  }); // prettier-ignore

  it("says it where nothing needs a person, but not where something could not be seen", () => {
    const well = stack("prod", [config({ name: "prod", hosts: ["a"] }, [])]);
    expect(renderPage(makeFleet([well], "state", now))).toContain("Nothing needs a person");
    const blind = renderPage(makeFleet([well, unreadStack("x", "No.")], "state", now));
    expect(blind).not.toContain("Nothing needs a person");
    expect(blind).toContain("1 thing could not be seen");
  });
});

const attacks = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</style><script>alert(1)</script>`,
  `</title><svg/onload=alert(1)>`,
  `<!--`,
  `]]>`,
  `&lt;script&gt;`,
  `javascript:alert(1)`,
  "`<b>`",
  "`unclosed <i>",
  `\u202egnp.exe`,
  `a\u0000b\u001b[31m`,
  `$&$1`,
];

describe("hostile names", () => {
  test.each(attacks)("%j stays text wherever a state or a node can put it", (attack) => {
    const hostile = listed({ name: attack, version: attack, notAfter: "2026-12-01T00:00:00.000Z", timestamp: "none" });
    const signed = { ...hostile, fileName: attack, signature: { status: "signed", signers: [{ subject: attack, issuer: attack, notBefore: attack, notAfter: "2026-12-01T00:00:00.000Z", timestamp: "none" }] } };
    const server = { name: attack, hosts: ["a", "b"] };
    const bad = { ...config(server, [signed], { loaded: `restart due since ${attack}`, unlisted: [attack], serverStatus: attack, tableauVersion: attack, activationDue: attack, drivers: [{ fileName: attack, sha256: attack }], topology: [attack, "node1"] }), initErrors: [attack] };
    const elsewhere = config({ name: attack, hosts: ["c"] }, [listed({ name: attack, version: "1.0.0" })], { loaded: `belongs to ${attack}`, live: { node1: { [attack]: attack } }, ownerToken: "another" });
    const found = makeFleet([stack(attack, [bad, onMachine(attack, "desktop", signed, attack)]), stack("b", [elsewhere]), unreadStack(attack, attack)], "state", now);
    const page = renderPage(found);
    const tame = renderPage(makeFleet([], "state", now));
    const tags = (html: string): Set<string> => new Set(html.match(/<\/?[a-z!][^\s>]*/gi));
    const known = new Set([...tags(renderPage(every)), ...tags(tame)]);
    expect([...tags(page)].filter((tag) => !known.has(tag))).toEqual([]);
    // Outside of tags no quote, no bracket and no control character; inside only attributes that we write.
    const inTags = page.replace(/<style>[\s\S]*<\/style>/, "").match(/<[^>]*>/g) ?? [];
    for (const tag of inTags) expect(tag).toMatch(/^<(!doctype html|\/?[a-z0-9]+( (class|scope|lang|charset|name|content|http-equiv|rel|href)="[^"<>]*")*)>$/);
    expect(page).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    expect(renderTable(found, 160).split("\n").every((line) => !/[\p{Cc}\u202e]/u.test(line))).toBe(true);
  }); // prettier-ignore
});

it("tells no secret: what is not asked for by name never reaches a fleet", () => {
  const secret = "the-secret-value";
  const state = stack("prod", [config({ name: "prod", hosts: ["a"] }, [], { credentials: { nodes: { node1: { privateKey: secret } } }, restartTriggers: { token: secret }, more: secret })]);
  const found = makeFleet([state], "nodes", now);
  expect(`${JSON.stringify(found)}${renderPage(found)}${renderTable(found, 100)}`).not.toContain(secret);
  expect(digest("x")).toHaveLength(64);
}); // prettier-ignore

function textOf(html: string): string {
  const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };
  return html.replace(/<[^>]*>/g, "").replace(/&(lt|gt|amp|quot|#39);/g, (entity) => entities[entity] ?? "");
}
