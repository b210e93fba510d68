import { certificate } from "../../provider/schema/certificate";
import { config } from "../../provider/schema/config";
import { connector } from "../../provider/schema/connector";
import { deployment } from "../../provider/schema/deployment";
import { desktopConnector } from "../../provider/schema/desktop-connector";
import { desktopLauncher } from "../../provider/schema/desktop-launcher";
import { driver, driverOnMachine, driverOnServer, driverPlaced } from "../../provider/schema/driver";
import type { Field, Fields, Kind } from "../../provider/schema/field";
import { onServer } from "../../provider/schema/server";

const tables: Readonly<Record<string, Fields>> = {
  ...partsOf("connector", connector),
  ...partsOf("driver", driver),
  "driver on a server": driverOnServer,
  "driver on a machine": driverOnMachine,
  "driver placed": driverPlaced,
  ...partsOf("certificate", certificate),
  ...partsOf("config", config),
  ...partsOf("desktop connector", desktopConnector),
  ...partsOf("desktop launcher", desktopLauncher),
  "deployment arguments": deployment.arguments,
  "deployment outputs": deployment.outputs,
  "anything on a server": onServer,
};

interface Parts {
  readonly arguments: Fields;
  readonly inputs: Fields;
  readonly outputs: Fields;
}

function partsOf(name: string, parts: Parts): Readonly<Record<string, Fields>> {
  return { [`${name} arguments`]: parts.arguments, [`${name} inputs`]: parts.inputs, [`${name} outputs`]: parts.outputs };
}

/** Everything that a row says but its sentences, as one line for each property, however deep. */
function linesOf(fields: Fields, indent = ""): string[] {
  return Object.entries(fields).flatMap(([name, one]) => [`${indent}${name}: ${wordsOf(one)}`, ...linesWithin(one.kind, `${indent}  `)]);
}

function wordsOf({ kind, need, says, rules = [], ...one }: Field): string {
  const { default: value, unit, see, secret, preview, neededWith, missing, path, hidden, otherwise } = one;
  const words = [
    ...[need, kindOf(kind), ...rules.map((rule) => `must be ${rule.says}`)],
    ...[value === undefined ? "" : `default ${JSON.stringify(value)}`, otherwise === undefined ? "" : "otherwise"],
    ...[secret === true ? "secret" : "", hidden === true ? "hidden" : "", preview ?? "", unit === undefined ? "" : `in ${unit}`],
    ...[neededWith === undefined ? "" : `with ${neededWith}`, path === undefined ? "" : `at ${path}`, see ?? ""],
    ...[missing === undefined ? "" : `else "${missing}"`, says.endsWith(".") ? "" : `says ${JSON.stringify(says)}`],
  ];
  return words.filter((each) => each !== "").join(", ");
}

function kindOf(kind: Kind): string {
  const conceals = kind.conceals === true ? " that may be a secret" : "";
  switch (kind.is) {
    case "object":
      return kind.name + conceals;
    case "list":
    case "byName":
    case "orNull":
      return `${kind.is} (${kind.expected}) of ${kindOf(kind.of)}${conceals}`;
    default:
      return `${kind.is} (${kind.expected})${conceals}`;
  }
}

const shown = new Set<string>();

// The objects that many tables have are shown where they come first.
function linesWithin(kind: Kind, indent: string): string[] {
  if (kind.is === "list" || kind.is === "byName" || kind.is === "orNull") return linesWithin(kind.of, indent);
  if (kind.is !== "object") return [];
  const lines = linesOf(kind.fields);
  const text = lines.join("\n");
  if (shown.has(text)) return [];
  shown.add(text);
  return lines.map((line) => indent + line);
}

// State that was written once is read by these tables for ever, and programs are checked by them: what changes here is a promise.
test("every property of every resource", () => {
  expect(
    Object.entries(tables)
      .flatMap(([name, fields]) => [`== ${name}`, ...linesOf(fields)])
      .join("\n"),
  ).toMatchSnapshot();
});

test("what a resource has in state is what it was given, what check makes of it and what an operation adds", () => {
  for (const one of [connector, driver, certificate, config, desktopConnector, desktopLauncher]) {
    const { given, computed, inputs, outputs, state }: Readonly<Record<"given" | "computed" | "inputs" | "outputs" | "state", Fields>> =
      one;
    expect(Object.keys(inputs)).toEqual([...new Set([...Object.keys(given), ...Object.keys(computed), "__urn"])]);
    expect(Object.keys(state)).toEqual([...Object.keys(inputs), ...Object.keys(outputs).filter((name) => !(name in inputs))]);
    expect(one.says).toMatch(/\.$/);
  }
});
