import { windowsPathProblem } from "../../provider/schema/rules";
import { windowsNameProblem } from "../../provider/vocabulary/windows-name";

describe("names on Windows", () => {
  it.each(["click.taco", "größe.taco", "console.taco", "con a.taco", "it's $(x) 100%.taco", ".hidden"])("can have %j", (name) => {
    expect(windowsNameProblem(name)).toBeNull();
  });

  it.each([
    "a:b.taco",
    "a?.taco",
    "a\tb",
    "click.taco.",
    "click ",
    "CON",
    "nul.taco",
    "nul .taco",
    "conin$",
    "CONOUT$.x",
    "com1.x",
    "a\\b",
  ])("cannot have %j", (name) => {
    expect(windowsNameProblem(name)).toMatch(/Windows/);
  });

  it.each(["C:\\Tableau", "d:/Tableau Connectors/x"])("takes the path %j", (path) => {
    expect(windowsPathProblem(path)).toBeNull();
  });

  it.each(["/opt/x", "C:", "C:\\", "C:x", "\\\\server\\share", "C:\\a\\..\\b", "C:/100%/x", "C:/a?/b", "C:/aux/b"])(
    "refuses the path %j",
    (path) => {
      expect(windowsPathProblem(path)).not.toBeNull();
    },
  );
});
