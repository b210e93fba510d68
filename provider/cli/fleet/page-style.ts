/** What is a row becomes a card: for narrow screens, and for paper where there are more columns than it has room for. */
const asCards = (scope: string): string => `
  ${scope} { border: 0; background: none; border-radius: 0; overflow: visible; }
  ${scope} :is(table, tbody, tr, th, td) { display: block; width: auto; }
  ${scope} thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  ${scope} tbody tr { background: var(--card); border: 1px solid var(--line); border-radius: 12px; margin-bottom: 12px; padding: 4px 0; }
  ${scope} tbody th { position: static; border: 0; padding: 11px 15px 7px; font-size: 16px; background: none; }
  ${scope} tbody tr td { display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 13fr); gap: 0 14px; padding: 9px 15px; border-top: 1px solid var(--line); }
  ${scope} tbody tr td.none { display: none; }
  ${scope} .label { display: block; }
  ${scope} .label .where { font-size: 14px; }
  ${scope} td .tag { white-space: normal; }
`;

/** The style of the page: light and dark, wide, narrow and on paper. It names no font and no picture that would have to be fetched. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #f7f6f3; --card: #ffffff; --ink: #1d1c1a; --soft: #67635c; --faint: #736e66; --line: #e5e1da; --strong: #d3cec5;
  --good: #2f7d4f; --good-tint: #e8f3ec;
  --amber: #8f5d00; --amber-tint: #fdf3dc;
  --red: #b3261e; --red-tint: #fcebe8;
  --violet: #6a3fb5; --violet-tint: #f1ebfb;
  --blue: #1f5f9e; --blue-tint: #e7f0f9;
  --grey-tint: #efede8;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131416; --card: #1b1d20; --ink: #ecebe7; --soft: #a8a49c; --faint: #98948c; --line: #2c2f33; --strong: #3c4045;
    --good: #6cc490; --good-tint: #18291f;
    --amber: #e6b45c; --amber-tint: #2d2514;
    --red: #f28b82; --red-tint: #33201f;
    --violet: #c0a2f5; --violet-tint: #272036;
    --blue: #8dbdf0; --blue-tint: #1a2836;
    --grey-tint: #25282c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 15px/1.5 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main { max-width: 1320px; margin: 0 auto; padding: 44px 28px 56px; }
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.018em; }
h2 { font-size: 13px; line-height: 1.4; font-weight: 600; letter-spacing: 0.01em; color: var(--soft); margin: 44px 0 12px; display: flex; gap: 8px; align-items: baseline; }
h2 b { font-weight: 600; color: var(--ink); font-size: 17px; letter-spacing: -0.01em; }
code { font: 0.9em/1.4 var(--mono); background: var(--grey-tint); border-radius: 4px; padding: 0.1em 0.35em; overflow-wrap: anywhere; }
.eyebrow { font-size: 13px; font-weight: 600; color: var(--soft); margin-bottom: 6px; }
.lead { color: var(--soft); margin-top: 8px; max-width: 92ch; }
.verdicts { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 20px; }
.verdict { display: inline-flex; align-items: center; gap: 10px; padding: 9px 16px 9px 13px; border-radius: 999px; font-weight: 600; }
.verdict::before { content: ""; width: 9px; height: 9px; border-radius: 50%; background: currentColor; flex: none; }
.verdict.act { color: var(--red); background: var(--red-tint); }
.verdict.well { color: var(--good); background: var(--good-tint); }
.verdict.blind { color: var(--amber); background: var(--amber-tint); }

.findings { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.findings li { display: grid; grid-template-columns: 132px minmax(0, 1fr) 320px; gap: 4px 22px; padding: 12px 18px; border-top: 1px solid var(--line); }
.findings li:first-child { border-top: 0; }
.findings p { max-width: 86ch; }
.findings .next { color: var(--soft); font-size: 13.5px; line-height: 1.6; }
.tag { display: inline-block; align-self: start; justify-self: start; font-size: 12px; line-height: 1.35; font-weight: 600; padding: 2.5px 7px; border-radius: 6px; color: var(--soft); background: var(--grey-tint); white-space: nowrap; }
.red { color: var(--red); background: var(--red-tint); }
.violet { color: var(--violet); background: var(--violet-tint); }
.amber { color: var(--amber); background: var(--amber-tint); }
.blue { color: var(--blue); background: var(--blue-tint); }
.grey { color: var(--soft); background: var(--grey-tint); }
.green { color: var(--good); background: var(--good-tint); }

.scroll { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow-x: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 12px 12px; border-top: 1px solid var(--line); }
thead th { border-top: 0; border-bottom: 1px solid var(--strong); font-weight: 400; min-width: 112px; padding-bottom: 13px; }
tbody tr:first-child th, tbody tr:first-child td { border-top: 0; }
tbody th, thead td { padding-left: 18px; position: sticky; left: 0; background: var(--card); z-index: 1; border-right: 1px solid var(--line); }
thead td { border-top: 0; border-bottom: 1px solid var(--strong); }
tbody th { font-weight: 600; min-width: 168px; font-size: 14.5px; }
.where { display: block; font-weight: 650; font-size: 15px; }
.meta { display: block; color: var(--soft); font-size: 12.5px; line-height: 1.45; font-weight: 400; }
.version { font-weight: 600; }
.digest { font: 12px/1.4 var(--mono); color: var(--faint); display: block; }
td .tag { margin: 5px 4px 0 0; }
td.current .version::before { content: ""; display: inline-block; width: 7px; height: 7px; border-radius: 50%; background: var(--good); margin-right: 7px; vertical-align: 0.12em; }
td.none { color: var(--faint); }
.label { display: none; }

.day { white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: 7px 20px; margin-top: 14px; color: var(--soft); font-size: 13px; }
.legend li { display: flex; gap: 8px; align-items: baseline; }
.unknown li { padding: 9px 0; border-top: 1px solid var(--line); color: var(--soft); max-width: 94ch; }
.unknown li:first-child { border-top: 0; padding-top: 0; }
.unknown b { color: var(--ink); font-weight: 600; }
footer { margin-top: 44px; padding-top: 14px; border-top: 1px solid var(--line); color: var(--faint); font-size: 13px; }

@media (max-width: 980px) {
  .findings li { grid-template-columns: 132px minmax(0, 1fr); }
  .findings .next { grid-column: 2; }
}
@media (max-width: 640px) {
  main { padding: 26px 16px 36px; }
  h1 { font-size: 25px; }
  h2 { margin-top: 34px; }
  .verdict { border-radius: 12px; }
  .findings li { grid-template-columns: minmax(0, 1fr); padding: 13px 15px; gap: 6px; }
  .findings .next { grid-column: 1; }
  ${asCards(".scroll")}
}

@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --faint: #555; --line: #ccc; --strong: #888;
    --good: #1f6b3f; --good-tint: #fff; --amber: #7a4f00; --amber-tint: #fff; --red: #a01f18; --red-tint: #fff;
    --violet: #55309a; --violet-tint: #fff; --blue: #194f84; --blue-tint: #fff; --grey-tint: #fff;
  }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 19pt; }
  h2 { margin-top: 18pt; break-after: avoid; }
  .findings li, tr, .unknown li { break-inside: avoid; }
  .findings li { padding: 6pt 9pt; grid-template-columns: 82pt minmax(0, 1fr) 190pt; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  thead th { min-width: 0; }
  tbody th { min-width: 88pt; font-size: 9.5pt; }
  td .tag { white-space: normal; font-size: 7.5pt; padding: 1pt 4pt; }
  th, td { padding: 5pt 6pt; }
  tbody th, thead td { position: static; background: none; }
  .tag, .verdict { border: 0.75pt solid currentColor; }
  .meta { font-size: 8pt; } .digest { font-size: 8pt; } .where { font-size: 10pt; }
  code { background: none; padding: 0; }
  ${asCards(".many")}
  .many tbody tr { break-inside: auto; }
}
`;
