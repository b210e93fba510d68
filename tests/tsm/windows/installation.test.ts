import { packageInUse, packagesFolder, releaseOf } from "../../../provider/tsm/windows/installation";
import { FakeMachine } from "./support/fake-machine";

test.each([
  [undefined, "C:/Program Files/Tableau/Tableau Server/packages"],
  ["D:\\Tableau\\Server", "D:/Tableau/Server/packages"],
  ["D:\\Tableau\\Server\\", "D:/Tableau/Server/packages"],
])("the packages of a server that is installed at %s", (folder, packages) => {
  const machine = new FakeMachine(folder === undefined ? {} : { TABLEAU_SERVER_INSTALL_DIR: folder });
  expect(packagesFolder(machine)).toBe(packages);
});

describe("the package in use", () => {
  const inUse = async (names: readonly string[], whole: (name: string) => boolean = () => true, version?: string) => {
    const variables = { TABLEAU_SERVER_INSTALL_DIR: "D:/T" };
    const machine = new FakeMachine(version === undefined ? variables : { ...variables, TABLEAU_SERVER_DATA_DIR_VERSION: version });
    for (const name of names) machine.files.folders.add(`D:/T/packages/${name}`);
    return await packageInUse(machine, "bin", (folder) => Promise.resolve(whole(folder.slice("D:/T/packages/".length))));
  };

  test("is the highest by number", async () => {
    expect(await inUse(["bin.20241.9", "bin.20241.10", "bin.20233.24", "binary.3", "bin"])).toBe("D:/T/packages/bin.20241.10");
  });

  test("is a whole one", async () => {
    expect(await inUse(["bin.1", "bin.2", "bin.3"], (name) => name === "bin.2")).toBe("D:/T/packages/bin.2");
    expect(await inUse(["bin.1"], () => false)).toBeNull();
  });

  test("is that which the environment names, if it is a whole one", async () => {
    expect(await inUse(["bin.1", "bin.2"], () => true, "1")).toBe("D:/T/packages/bin.1");
    expect(await inUse(["bin.1", "bin.2"], (name) => name !== "bin.1", "1")).toBe("D:/T/packages/bin.2");
  });

  test("is none where there is no folder of packages", async () => {
    expect(await inUse([])).toBeNull();
    expect(await inUse(["other.1"])).toBeNull();
  });
});

test.each([
  ["D:\\T\\packages\\bin.20241.24.0514\\tsm.cmd", { packages: "D:/T/packages", release: "20241.24.0514" }],
  ["D:/T/packages/bin.1/tsm.cmd", { packages: "D:/T/packages", release: "1" }],
  ["D:/T/other/bin.1/tsm.cmd", null],
  ["D:/T/packages/bin/tsm.cmd", null],
  ["D:/T/packages/.1/tsm.cmd", null],
  ["D:/T/packages/tsm.cmd", null],
  ["tsm.cmd", null],
])("%s is of %j", (program, release) => {
  expect(releaseOf(program)).toEqual(release);
});
