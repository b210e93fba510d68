import { spellAlike } from "../../../provider/plan/compare/spell-alike";
import type { SeenServer } from "../../../provider/plan/seen";

const seen = (directory: string, fileName: string): SeenServer =>
  ({
    nodes: [{ name: "node1", packages: [{ directory, fileName }], directories: [{ path: directory }] }],
    record: {
      files: { [fileName]: { directory, directories: [directory] } },
      confirmed: { node1: { [fileName]: { changedAt: 1 }, [`${directory}/${fileName}`]: { changedAt: 2 } } },
    },
  }) as unknown as SeenServer;

describe("what was seen, as the program spells it", () => {
  it("tells neither capitals nor slashes apart on Windows", () => {
    expect(spellAlike(seen("c:\\tableau", "CLICK.taco"), { directories: ["C:/Tableau"], fileNames: ["Click.taco"] })).toEqual(
      seen("C:/Tableau", "Click.taco"),
    );
  });

  it("keeps the spelling of what the program does not name", () => {
    const strange = seen("D:/Other", "other.taco");
    expect(spellAlike(strange, { directories: ["C:/Tableau"], fileNames: ["Click.taco"] })).toEqual(strange);
  });

  it("changes nothing on Linux", () => {
    const strange = seen("/opt/Tableau", "CLICK.taco");
    expect(spellAlike(strange, { directories: ["/opt/tableau"], fileNames: ["Click.taco"] })).toBe(strange);
  });
});
