import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OpenMode } from "../../../simulator/windows/files/open-files";
import { WindowsFiles, type Located } from "../../../simulator/windows/files/windows-files";
import { plainRename, posixRename } from "../../../simulator/windows/sftp/rename";
import { temporaryFolder } from "../support";

const reading: OpenMode = { access: ["read"], share: ["read"] };
const sharing: OpenMode = { access: ["read"], share: ["read", "delete"] };
const writing: OpenMode = { access: ["write"], share: ["write"] };

describe("files of Windows", () => {
  let root = "";
  let files: WindowsFiles;
  const at = (path: string): Located => files.locate(path);
  const put = (path: string, text: string): void => writeFileSync(at(path).real, text);
  const get = (path: string): string => readFileSync(at(path).real, "utf8");
  const code = (action: () => unknown): string => {
    try {
      action();
      return "done";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  beforeEach(() => {
    root = temporaryFolder();
    mkdirSync(join(root, "C:", "Work"), { recursive: true });
    files = new WindowsFiles(root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test("case is kept and does not count", () => {
    put("C:\\work\\Sample.taco", "1");
    put("c:/WORK/SAMPLE.TACO", "2");
    expect(files.list(at("C:\\wOrK"))).toEqual(["Sample.taco"]);
    expect(get("C:\\Work\\sample.taco")).toBe("2");
    files.move(at("C:\\Work\\sample.taco"), at("C:\\Work\\SAMPLE.taco"));
    expect(readdirSync(join(root, "C:/Work"))).toEqual(["SAMPLE.taco"]);
  });

  test("what is missing, and what is in the way", () => {
    put("C:\\Work\\a", "a");
    mkdirSync(at("C:\\Work\\folder").real);
    expect(code(() => files.stat(at("C:\\Work\\none")))).toBe("FILE_NOT_FOUND");
    expect(code(() => files.stat(at("C:\\none\\none")))).toBe("PATH_NOT_FOUND");
    expect(code(() => at("X:\\a"))).toBe("PATH_NOT_FOUND");
    expect(code(() => files.openFile(at("C:\\none\\new"), "create-always", writing))).toBe("PATH_NOT_FOUND");
    expect(code(() => files.openFile(at("C:\\Work\\A"), "create-new", writing))).toBe("ALREADY_EXISTS");
    expect(code(() => files.openFile(at("C:\\Work\\folder"), "open-existing", reading))).toBe("ACCESS_DENIED");
    expect(code(() => files.makeFolder(at("C:\\Work\\FOLDER")))).toBe("ALREADY_EXISTS");
    expect(code(() => files.removeFolder(at("C:\\Work")))).toBe("DIR_NOT_EMPTY");
    expect(code(() => files.list(at("C:\\Work\\a")))).toBe("DIRECTORY");
  });

  test("an open file shares only what its opener allows", () => {
    put("C:\\Work\\a", "a");
    const reader = files.openFile(at("C:\\Work\\A"), "open-existing", reading);
    expect(code(() => files.openFile(at("C:\\Work\\a"), "open-existing", reading).close())).toBe("done");
    expect(code(() => files.openFile(at("C:\\Work\\a"), "create-always", writing))).toBe("SHARING_VIOLATION");
    expect(code(() => files.remove(at("C:\\Work\\a")))).toBe("SHARING_VIOLATION");
    expect(code(() => files.move(at("C:\\Work\\a"), at("C:\\Work\\b")))).toBe("SHARING_VIOLATION");
    expect(code(() => files.move(at("C:\\Work"), at("C:\\Other")))).toBe("ACCESS_DENIED");
    expect(get("C:\\Work\\a")).toBe("a");
    reader.close();
    expect(code(() => files.remove(at("C:\\Work\\a")))).toBe("done");
  });

  test("a file that was opened with leave to delete can be moved away, and goes on being open", () => {
    put("C:\\Work\\a", "a");
    const reader = files.openFile(at("C:\\Work\\a"), "open-existing", sharing);
    files.move(at("C:\\Work\\a"), at("C:\\Work\\old"));
    expect(code(() => files.openFile(at("C:\\Work\\old"), "open-existing", writing))).toBe("SHARING_VIOLATION");
    expect(reader.read(0, 10).toString()).toBe("a");
    reader.close();
  });

  test("a read-only file can be neither written nor removed", () => {
    put("C:\\Work\\a", "a");
    files.setReadOnly(at("C:\\Work\\a"), "on");
    expect(code(() => files.openFile(at("C:\\Work\\a"), "truncate-existing", writing))).toBe("ACCESS_DENIED");
    expect(code(() => files.remove(at("C:\\Work\\a")))).toBe("ACCESS_DENIED");
    files.setReadOnly(at("C:\\Work\\a"), "off");
    expect(code(() => files.remove(at("C:\\Work\\a")))).toBe("done");
  });

  test("a full disk and a protected folder", () => {
    files.limits.setRoom("C:/work", 3);
    const handle = files.openFile(at("C:\\Work\\a"), "create-new", writing);
    handle.write(0, Buffer.from("abc"));
    handle.write(0, Buffer.from("xyz"));
    expect(code(() => handle.write(3, Buffer.from("d")))).toBe("DISK_FULL");
    handle.close();
    files.limits.protect("C:/WORK", "on");
    expect(code(() => files.openFile(at("C:\\Work\\b"), "create-new", writing))).toBe("ACCESS_DENIED");
    expect(code(() => files.remove(at("C:\\Work\\a")))).toBe("ACCESS_DENIED");
  });

  describe("renames of Win32-OpenSSH", () => {
    beforeEach(() => {
      put("C:\\Work\\new", "new");
      put("C:\\Work\\live", "live");
    });

    test("a plain rename does not replace", () => {
      expect(code(() => plainRename(files, at("C:\\Work\\new"), at("C:\\Work\\LIVE")))).toBe("ALREADY_EXISTS");
      plainRename(files, at("C:\\Work\\new"), at("C:\\Work\\other"));
      expect(files.list(at("C:\\Work")).sort()).toEqual(["live", "other"]);
    });

    test("a plain rename of an open file leaves it where it is, and no second name", () => {
      const reader = files.openFile(at("C:\\Work\\new"), "open-existing", reading);
      expect(code(() => plainRename(files, at("C:\\Work\\new"), at("C:\\Work\\other")))).toBe("SHARING_VIOLATION");
      reader.close();
      expect(files.list(at("C:\\Work")).sort()).toEqual(["live", "new"]);
    });

    test("a posix rename replaces, under the target's old name", () => {
      posixRename(files, at("C:\\Work\\new"), at("C:\\Work\\LIVE"));
      expect(get("C:\\Work\\live")).toBe("new");
    });

    test("a target that is open stays, and so does the source", () => {
      const reader = files.openFile(at("C:\\Work\\live"), "open-existing", reading);
      expect(code(() => posixRename(files, at("C:\\Work\\new"), at("C:\\Work\\live")))).toBe("ALREADY_EXISTS");
      reader.close();
      expect([get("C:\\Work\\live"), get("C:\\Work\\new")]).toEqual(["live", "new"]);
    });

    test("a source that is open costs the target, as on the real one", () => {
      const scanner = files.openFile(at("C:\\Work\\new"), "open-existing", reading);
      expect(code(() => posixRename(files, at("C:\\Work\\new"), at("C:\\Work\\live")))).toBe("SHARING_VIOLATION");
      scanner.close();
      expect(existsSync(at("C:\\Work\\live").real)).toBe(false);
      expect(get("C:\\Work\\new")).toBe("new");
    });
  });
});
