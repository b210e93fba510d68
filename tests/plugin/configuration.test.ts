import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
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

  describe("servers in a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "servers-file-"));
    const serversPath = join(folder, "servers.json");
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    test("it is read when a server is asked for, and the names are its own", () => {
      const configuration = new Configuration({ serversPath });
      writeFileSync(serversPath, JSON.stringify(servers));
      expect(Configuration.failures({ serversPath })).toEqual([]);
      expect(configuration.serverNames).toEqual(["prod"]);
      expect(configuration.server("prod")).toEqual({ name: "prod", nodes: [{ name: "node1" }] });
      expect(() => configuration.server("test")).toThrow(/"test" is not among .*"prod"/);
    });

    test.each([
      ["no file", undefined, /servers\.json cannot be read \(there is no such file or folder\)/],
      ["no JSON", '{ "prod": { "tsm": { "password": "hunter2', /to hold a map of names/],
      ["a list", '["hunter2"]', /to hold a map of names/],
    ])("%s: refused in preview and when a server is asked for, with nothing of its text", (_name, text, reason) => {
      rmSync(serversPath, { force: true });
      if (text !== undefined) writeFileSync(serversPath, text);
      expect(Configuration.failures({ serversPath })).toEqual([
        { property: "serversPath", reason: expect.stringMatching(reason) as unknown },
      ]);
      const ask = (): unknown => new Configuration({ serversPath }).server("prod");
      expect(ask).toThrow(reason);
      expect(ask).not.toThrow(/hunter2/);
    });

    test("a server that is none, a pipe, a folder, a path below the user's home, and both ways at once are named", () => {
      const failureOf = (args: object): unknown => Configuration.failures({ ...args });
      writeFileSync(serversPath, JSON.stringify({ prod: "host" }));
      expect(failureOf({ serversPath })).toEqual([{ property: "serversPath.prod", reason: expect.any(String) as unknown }]);
      const pipe = join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      expect(failureOf({ serversPath: pipe })).toEqual([{ property: "serversPath", reason: `${pipe} is no regular file` }]);
      expect(failureOf({ serversPath: folder })).toEqual([{ property: "serversPath", reason: `${folder} is no regular file` }]);
      const reason = `${join(homedir(), "no/such.json")} cannot be read (there is no such file or folder)`;
      expect(failureOf({ serversPath: "~/no/such.json" })).toEqual([{ property: "serversPath", reason }]);
      const both = [{ property: "serversPath", reason: "servers are given too; expected one of the two" }];
      expect(failureOf({ serversPath, servers })).toEqual(both);
      expect(failureOf({ serversPath: unknownValue })).toEqual([]);
    });
  });
});
