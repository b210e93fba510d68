import { unknownValue } from "../../provider/schema/unknown";
import { Configuration } from "../../provider/plugin/configuration";

const servers = { prod: { nodes: [{ name: "node1" }] } };

describe("the provider's configuration", () => {
  test.each([
    ["as an object", servers],
    ["as text, as the engine hands it over", JSON.stringify(servers)],
  ])("servers %s", (_name, given) => {
    const configuration = new Configuration({ servers: given });
    expect(configuration.server("prod")).toEqual({ name: "prod", nodes: [{ name: "node1" }] });
    expect(() => configuration.server("test")).toThrow(/"test" is not among .*"prod"/);
    expect(() => configuration.server("constructor")).toThrow(/not among/);
  });

  test.each([
    [undefined, "before each update"],
    ["true", "before each update"],
    ["false", "when asked"],
    [false, "when asked"],
  ] as const)("refresh %p", (refresh, expected) => {
    expect(new Configuration({ refresh }).refresh).toBe(expected);
  });

  test("what is wrong is said with its property, and what is not known yet is passed over", () => {
    expect(Configuration.failures({ servers: "[1", refresh: "sometimes" }).map(({ property }) => property)).toEqual(["servers", "refresh"]);
    expect(Configuration.failures({ servers: { prod: "host" } })).toEqual([{ property: "servers.prod", reason: expect.any(String) }]);
    expect(Configuration.failures({ servers: unknownValue, refresh: unknownValue })).toEqual([]);
    expect(Configuration.failures({ servers: JSON.stringify(servers), refresh: "false" })).toEqual([]);
  });
});
