import { foldName, isAbsolutePath, normalPath, samePath } from "../../provider/vocabulary/node-path";

describe("paths on nodes", () => {
  it.each([
    ["/opt/tableau/connectors/", "/opt/tableau/connectors"],
    ["/", "/"],
    ["/opt/a\\b", "/opt/a\\b"],
    ["c:\\Program Files\\Tableau\\Connectors\\", "C:/Program Files/Tableau/Connectors"],
    ["C:/Tableau//x", "C:/Tableau/x"],
    ["C:\\", "C:/"],
  ])("writes %s as %s", (path, normal) => {
    expect(normalPath(path)).toBe(normal);
    expect(normalPath(normal)).toBe(normal);
  });

  it.each([
    ["C:\\Tableau", "c:/tableau/", true],
    ["C:/ÄRGER", "c:/ärger", true],
    ["C:/straße", "C:/strasse", false],
    ["C:/Tableau", "D:/Tableau", false],
    ["/opt/Tableau", "/opt/tableau", false],
    ["/opt/tableau/", "/opt/tableau", true],
  ])("%s and %s: %s", (left, right, same) => {
    expect(samePath(left, right)).toBe(same);
  });

  it.each([
    ["C:/x", true],
    ["/x", false],
  ])("one file in %s whatever the capitals: %s", (directory, same) => {
    expect(foldName(directory, "Click.taco") === foldName(directory, "click.taco")).toBe(same);
  });

  it.each([
    ["/opt", true],
    ["C:\\x", true],
    ["C:/x", true],
    ["C:x", false],
    ["x", false],
    ["\\\\server\\share", false],
  ])("%s is absolute: %s", (path, absolute) => {
    expect(isAbsolutePath(path)).toBe(absolute);
  });
});
