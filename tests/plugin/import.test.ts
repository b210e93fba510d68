import { serverOfId } from "../../provider/plugin/import";
import { kinds } from "../../provider/plugin/kinds";

const kind = (name: string): (typeof kinds)[string] => {
  const found = kinds[`tableau:index:${name}`];
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

describe("an id that is to be imported", () => {
  test.each([
    ["TableauConnector", "prod/clickhouse_jdbc", "prod"],
    ["TableauDriver", "prod/postgresql-42.7.4.jar", "prod"],
    ["TableauServerPluginsConfig", "prod", "prod"],
    ["TableauServerPluginsConfig", "prod/plugins-config", "prod"],
  ])("%s %s names its server", (name, id, server) => {
    expect(serverOfId(kind(name), id)).toBe(server);
  });

  test.each([
    ["TableauConnector", "prod"],
    ["TableauDriver", "prod"],
    ["TableauConnector", "/clickhouse_jdbc"],
    ["TableauServerPluginsConfig", ""],
    ["TableauDesktopConnector", "machine/clickhouse_jdbc"],
    ["TableauDesktopLauncher", "machine/launcher"],
  ])("%s %j is refused with what it should be", (name, id) => {
    expect(() => serverOfId(kind(name), id)).toThrow(/no id that can be imported.*NAME\/CLASS.*NAME\/FILE\.jar/s);
  });
});
