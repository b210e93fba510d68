import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tokens } from "../../provider/resources/tokens";
import { kinds } from "../../provider/plugin/kinds";
import { pluginSchema } from "../../scripts/plugin/schema";

interface Property {
  readonly secret?: boolean;
  readonly default?: unknown;
  readonly description?: string;
}

interface Described {
  readonly description: string;
  readonly aliases?: readonly { readonly type: string }[];
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly properties: Readonly<Record<string, Property>>;
}

interface Schema {
  readonly resources: Readonly<Record<string, Described>>;
  readonly types: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Property>> }>>;
}

const schema = JSON.parse(readFileSync(join(__dirname, "../../plugin/schema.json"), "utf8")) as Schema;

describe("the schema of the plugin", () => {
  test("is current: `npm run plugin-schema` writes it", () => {
    expect(JSON.parse(JSON.stringify(pluginSchema()))).toEqual(schema);
  });

  test("has every resource that the plugin serves, with the alias of its dynamic token, and the component", () => {
    const aliases = Object.entries(schema.resources).flatMap(([token, { aliases: all = [] }]) => all.map(({ type }) => [token, type]));
    expect(aliases.map(([token]) => token).sort()).toEqual(Object.keys(kinds).sort());
    expect(aliases.map(([, type]) => type).sort()).toEqual(
      Object.values(tokens)
        .filter((one) => one !== tokens.deployment)
        .sort(),
    );
    expect(schema.resources[tokens.deployment]).toBeDefined();
  });

  test("every property has a description, and none a default that would stand in every state", () => {
    const owners = [...Object.values(schema.resources), ...Object.values(schema.types)] as Partial<Described>[];
    const all = owners.flatMap(({ inputProperties = {}, properties = {} }) => [
      ...Object.entries(inputProperties),
      ...Object.entries(properties),
    ]);
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(([, { description = "" }]) => description === "").map(([name]) => name)).toEqual([]);
    expect(all.filter(([, property]) => property.default !== undefined)).toEqual([]);
  });

  test("passwords and keys are secrets", () => {
    const { NodeConnection, Tsm } = Object.fromEntries(
      Object.entries(schema.types).map(([token, { properties = {} }]) => [
        token.replace("tableau:index:", ""),
        Object.keys(properties).filter((name) => properties[name]?.secret === true),
      ]),
    );
    expect(NodeConnection).toEqual(["password", "privateKey", "privateKeyPassword"]);
    expect(Tsm).toEqual(["password"]);
  });

  test("every resource has an example in every language", () => {
    for (const { description } of Object.values(schema.resources)) {
      for (const language of ["typescript", "python", "go", "csharp", "java", "yaml"]) expect(description).toContain(`\`\`\`${language}\n`);
    }
  });
});
