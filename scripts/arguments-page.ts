/** Writes docs/arguments.md from the tables of provider/schema: `npm run docs:arguments`. A test says whether it is current. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { certificate } from "../provider/schema/certificate";
import { config } from "../provider/schema/config";
import { connector } from "../provider/schema/connector";
import { deployment } from "../provider/schema/deployment";
import { desktopConnector } from "../provider/schema/desktop-connector";
import { desktopLauncher } from "../provider/schema/desktop-launcher";
import { driver } from "../provider/schema/driver";
import { defaultInWords, type Field, type Fields, type Kind } from "../provider/schema/field";

const intro = `# Arguments

Made from the tables in \`provider/schema\` by \`npm run docs:arguments\`: change those. Every argument may be a plain value or a \`pulumi.Output\`, and what is
wrong with any of them fails the preview, all at once, each with its path. Secret values are secrets in the state, and no failure repeats them.`;

const resources = [deployment, connector, driver, certificate, config, desktopConnector, desktopLauncher];

/** The whole page. */
export function argumentsPage(): string {
  const objects = new Map<string, Fields>();
  const sections = resources.map((one) => {
    const outputs: Fields = "computed" in one ? { ...one.computed, ...one.outputs } : one.outputs;
    for (const table of [one.arguments, outputs]) collect(table, objects);
    return [`## ${one.name}`, one.says, tableOf("argument", one.arguments), tableOf("output", outputs)].join("\n\n");
  });
  const parts = [...objects].map(([name, fields]) => [`## ${name}`, tableOf("property", fields)].join("\n\n"));
  return `${[intro, ...sections, ...parts].join("\n\n")}\n`;
}

function collect(fields: Fields, objects: Map<string, Fields>): void {
  for (const { kind, hidden } of Object.values(fields)) {
    const inner = innermost(kind);
    if (hidden === true || inner.is !== "object" || objects.has(inner.name)) continue;
    objects.set(inner.name, inner.fields);
    collect(inner.fields, objects);
  }
}

function innermost(kind: Kind): Kind {
  return "of" in kind ? innermost(kind.of) : kind;
}

function tableOf(what: "argument" | "output" | "property", fields: Fields): string {
  const rows = Object.entries(fields).flatMap(([name, one]) => (one.hidden === true ? [] : [rowOf(name, one, what)]));
  const head = what === "output" ? ["output", "type", "meaning"] : [what, "type", "default", "meaning"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function rowOf(name: string, one: Field, what: "argument" | "output" | "property"): string[] {
  const see = one.see === undefined ? "" : ` See [${one.see}](${one.see.replace(/^docs\//, "")}).`;
  const asked = (one.rules ?? []).map(({ says }) => says).join(", ");
  const type = [typeOf(one.kind), ...(asked === "" ? [] : [asked]), ...(one.secret === true ? ["secret"] : [])].join("; ");
  const meaning = `${one.says}${see}`;
  const stands = one.need === "required" ? "required" : (defaultInWords(one) ?? "");
  const unit = one.unit === undefined || one.default === undefined ? "" : ` ${one.unit}`;
  return (what === "output" ? [`\`${name}\``, type, meaning] : [`\`${name}\``, type, `${stands}${unit}`, meaning]).map(escaped);
}

function typeOf(kind: Kind): string {
  switch (kind.is) {
    case "word":
      return kind.words.map((one) => `\`"${one}"\``).join(", ");
    case "list":
      return `list of: ${typeOf(kind.of)}`;
    case "byName":
      return `by name: ${typeOf(kind.of)}`;
    case "orNull":
      return typeOf(kind.of);
    case "object":
      return `[${kind.name}](#${kind.name.toLowerCase()})`;
    default:
      return kind.expected.replace(/^an? /, "");
  }
}

function escaped(cell: string): string {
  return cell.replace(/\|/g, "\\|");
}

if (require.main === module) writeFileSync(join(__dirname, "../docs/arguments.md"), argumentsPage());
