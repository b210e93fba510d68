/**
 * The schema of the provider plugin, made of the tables of arguments: `npm run plugin-schema` writes it to plugin/schema.json, and a test
 * says whether it is current.
 *
 * No `default` stands in it: every SDK would write such a value into the state, and it could never change again. Descriptions have them.
 *
 * @see https://www.pulumi.com/docs/iac/extending-pulumi/schema/
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { certificate } from "../../provider/schema/certificate";
import { config } from "../../provider/schema/config";
import { connector } from "../../provider/schema/connector";
import { deployment } from "../../provider/schema/deployment";
import { desktopConnector } from "../../provider/schema/desktop-connector";
import { desktopLauncher } from "../../provider/schema/desktop-launcher";
import { driver } from "../../provider/schema/driver";
import type { Field, Fields, Kind } from "../../provider/schema/field";
import { object } from "../../provider/schema/kinds";
import { serverArguments } from "../../provider/schema/server";
import { secretLeaves } from "../../provider/plugin/secrets";
import { kinds, refOutput } from "../../provider/plugin/kinds";
import { examples } from "./examples";

type Json = Readonly<Record<string, unknown>>;

interface Tables {
  readonly name: string;
  readonly says: string;
  readonly arguments: Fields;
  readonly computed?: Fields;
  readonly outputs: Fields;
}

/** Names of enumerations, by the property or the object that has them and its name. */
const enumerations: Readonly<Record<string, string>> = {
  "TableauServer.platform": "ServerPlatform",
  "TableauServer.placement": "Placement",
  "TableauServer.privilege": "Privilege",
  "DesktopMachine.platform": "MachinePlatform",
  "DesktopMachine.product": "Product",
  activation: "ActivationMode",
  foreignPendingChanges: "ForeignPendingChanges",
  unlistedConnectors: "UnlistedConnectors",
};

const token = (name: string): string => `tableau:index:${name}`;
const dynamicToken = (name: string): string => `pulumi-nodejs:dynamic/tableau:${name}`;

/** The whole schema. */
export function pluginSchema(): Json {
  const types: Record<string, Json> = {};
  const described = [connector, driver, certificate, config, desktopConnector, desktopLauncher].map((tables) => [
    token(tables.name),
    { ...toResource(tables, types), aliases: [{ type: dynamicToken(tables.name) }] },
  ]);
  const component = { ...toResource(deployment, types), isComponent: true };
  const servers = {
    type: "object",
    additionalProperties: typeOf(object("TableauServerArgs", serverArguments), "servers", types),
    secret: true,
    description:
      "Servers, by a name that programs use as `server`. Here stand addresses and credentials; neither comes into the state of a resource.",
  };
  const serversPath = {
    type: "string",
    description:
      "Path of a JSON file of such servers, read each time on the machine that runs Pulumi: nothing of it comes into the configuration, the state or a log of Pulumi. `~/` is the user's home.",
  };
  const refresh = {
    type: "boolean",
    description:
      "Whether plain `pulumi preview` and `pulumi up` look at the nodes first, so that a change made there is seen. Default: true.",
  };
  const variables = { servers, serversPath, refresh };
  return {
    ...about(),
    config: { variables },
    provider: { description: "Where the servers are, and whether Pulumi looks at them first.", inputProperties: variables },
    types: Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1))),
    resources: Object.fromEntries([...described, [token(deployment.name), component]]),
  };
}

function about(): Json {
  const { version, description, license, repository, homepage, keywords } = JSON.parse(
    readFileSync(join(__dirname, "../../package.json"), "utf8"),
  ) as Record<string, unknown> & { readonly repository: { readonly url: string } };
  const url = repository.url.replace(/^git\+|\.git$/g, "");
  return {
    name: "tableau",
    displayName: "Tableau connectors",
    version,
    description,
    keywords: [...(keywords as string[]), "kind/native"],
    homepage,
    license,
    repository: url,
    publisher: "pulumi-tableau",
    pluginDownloadURL: url.replace("https://", "github://api."),
    attribution: "Tableau is a trademark of Salesforce, Inc. This package is not made by Tableau or Salesforce.",
    language: {
      python: {
        packageName: "pulumi_tableau",
        requires: { pulumi: ">=3.216.0,<4.0.0" },
        pyproject: { enabled: true },
        respectSchemaVersion: true,
      },
      nodejs: { packageName: "@pulumi-tableau/tableau", dependencies: { "@pulumi/pulumi": ">=3.216.0 <4" }, respectSchemaVersion: true },
      go: {
        importBasePath: `${url.replace("https://", "")}/sdk/go/tableau`,
        generateResourceContainerTypes: false,
        respectSchemaVersion: true,
      },
      csharp: { rootNamespace: "Pulumi", respectSchemaVersion: true },
      java: { basePackage: "com.pulumi", buildFiles: "gradle" },
    },
  };
}

function toResource(tables: Tables, types: Record<string, Json>): Json {
  const inputs = shown(tables.arguments);
  const places = ["server", "machine"];
  // Where something is, is an argument alone: a program has it already.
  const echoed = Object.fromEntries(Object.entries(inputs).filter(([name]) => !places.includes(name) && tables.computed !== undefined));
  const outputs = { ...echoed, ...shown(tables.computed ?? {}), ...shown(tables.outputs) };
  const ref = kinds[token(tables.name)]?.ref === undefined ? {} : { ref: { $ref: refType(tables.name, types), description: refOutput } };
  const isComponent = tables.computed === undefined;
  const made = {
    additionalProperties: { $ref: refType("TableauConnector", types) },
    type: "object",
    description: "What each connector is, by its name.",
  };
  return {
    description: `${tables.says}\n\n${examples(tables.name)}`,
    inputProperties: properties(inputs, "", types, isComponent ? "component" : "resource"),
    requiredInputs: required(inputs),
    properties: { ...properties(outputs, "", types), ...ref, ...(isComponent ? { connectors: made } : {}) },
    required: [...always(outputs), ...Object.keys(ref)],
  };
}

const listOf: Readonly<Record<string, Field>> = {
  TableauConnector: config.arguments.connectors,
  TableauDriver: config.arguments.drivers,
  TableauTrustedCertificate: config.arguments.trust,
};

/** What a config lists of a connector, a driver or a certificate. */
function refType(resource: string, types: Record<string, Json>): string {
  const list = listOf[resource];
  if (list === undefined) throw new Error(`No config lists ${resource}.`);
  const { items } = typeOf(list.kind, "", types) as { readonly items: { readonly $ref: string } };
  return items.$ref;
}

function shown(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field.hidden !== true));
}

function required(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.need === "required");
}

/** Outputs that are there after every operation. */
function always(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => ["required", "computed"].includes(fields[name]?.need ?? ""));
}

function properties(fields: Fields, owner: string, types: Record<string, Json>, of: "object" | "resource" | "component" = "object"): Json {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const type = typeOf(field.kind, owner === "" ? name : `${owner}.${name}`, types);
      const isPlace = of !== "object" && name === "server";
      const isNamed = of === "component" && ["connectors", "drivers", "trust"].includes(name);
      return [
        name,
        {
          // A name stands for one of the servers of the provider's configuration.
          ...(isPlace ? { oneOf: [{ type: "string" }, type] } : type),
          ...((secretLeaves.includes(name) && owner !== "") || (field.secret === true && owner === "") ? { secret: true } : {}),
          // The component makes a resource for each: their names have to be known.
          ...(isNamed ? { plain: true } : {}),
          description: describe(field) + (isPlace ? " Or its name in the provider's configuration, `tableau:servers`." : ""),
        },
      ];
    }),
  );
}

function describe({ says, default: value, otherwise, unit }: Field): string {
  const standing =
    otherwise ?? (value === undefined || value === null ? undefined : `${JSON.stringify(value)}${unit === undefined ? "" : ` ${unit}`}`);
  return standing === undefined ? says : `${says} Default: ${standing}.`;
}

function typeOf(kind: Kind, path: string, types: Record<string, Json>): Json {
  switch (kind.is) {
    case "text":
      return { type: "string" };
    case "flag":
      return { type: "boolean" };
    case "number":
      return { type: kind.expected.startsWith("a whole") ? "integer" : "number" };
    case "any":
      return { $ref: "pulumi.json#/Any" };
    case "word":
      return wordType(kind.words, enumerations[path], types);
    case "list":
      return { type: "array", items: typeOf(kind.of, path, types) };
    case "byName":
      return { type: "object", additionalProperties: typeOf(kind.of, path, types) };
    case "orNull":
      return typeOf(kind.of, path, types);
    case "object":
      return { $ref: objectType(kind, types) };
  }
}

// Other languages have names for the words of arguments, and take the words themselves too.
function wordType(words: readonly string[], name: string | undefined, types: Record<string, Json>): Json {
  if (name === undefined) return { type: "string" };
  types[token(name)] = { type: "string", enum: words.map((value) => ({ name: value.charAt(0).toUpperCase() + value.slice(1), value })) };
  return { type: "string", oneOf: [{ type: "string" }, { $ref: `#/types/${token(name)}` }] };
}

function objectType({ name: given, fields }: Extract<Kind, { is: "object" }>, types: Record<string, Json>): string {
  const name = given.replace(/Args$/, "");
  const known = shown(fields);
  const origin = { $ref: "pulumi.json#/Any", description: "What the file was made for, so that preview refuses it elsewhere." };
  types[token(name)] ??= {
    type: "object",
    properties: { ...properties(known, name, types), ...(name.endsWith("Ref") ? { origin } : {}) },
    required: always(known),
  };
  return `#/types/${token(name)}`;
}
