import { checkFileKind } from "../../../provider/taco/zip/file-kind";
import { entryOf, told } from "./entries";

const check = (name: string, host: number, attributes: number) =>
  told(checkFileKind(entryOf({ name, versionMadeBy: (host << 8) | 20, externalAttributes: attributes >>> 0 })));
/** The mode of Unix stands in the upper half. */
const unix = (mode: number, low = 0): number => mode * 0x10000 + low;
const [file, directory] = [0o100000, 0o040000];

it.each([
  ["nothing", "a", 0, 0],
  ["an archive of DOS", "a", 0, 0x20],
  ["a file that is hidden, read alone and of the system", "a", 0, 0x07],
  ["a file of Unix", "a", 3, unix(file | 0o644)],
  ["a program of Unix", "a", 3, unix(file | 0o777)],
  ["the mode alone", "a", 3, unix(0o644)],
  ["7-Zip's mark of a mode", "a", 3, unix(file | 0o644, 0x8000)],
  ["Windows", "a", 10, 0x20],
  ["Windows' other number", "a", 11, 0x80],
  ["VFAT", "a", 14, 0x20],
  ["macOS", "a", 19, unix(file | 0o644)],
  ["a directory of DOS", "a/", 0, 0x10],
  ["a directory of Unix", "a/", 3, unix(directory | 0o755)],
  ["a directory of both", "a/", 3, unix(directory | 0o755, 0x10)],
  ["a directory by its name alone", "a/", 0, 0],
])("a file with the attributes of %s is what it seems to be", (_, name, host, attributes) => {
  expect(check(name, host, attributes)).toEqual([]);
});

it.each([
  ["the label of a volume", "a", 0, 0x08, "zip-attributes"],
  ["a device of DOS", "a", 0, 0x40, "zip-symlink"],
  ["a reparse point", "a", 11, 0x400, "zip-symlink"],
  ["a device among other attributes", "a", 0, 0x61, "zip-symlink"],
  ["the rights of the owner", "a", 3, unix(file | 0o4755), "zip-attributes"],
  ["the rights of the group", "a", 3, unix(file | 0o2755), "zip-attributes"],
  ["a sticky file", "a", 3, unix(file | 0o1755), "zip-attributes"],
  ["a directory of Unix that has the name of a file", "a", 3, unix(directory | 0o755), "zip-attributes"],
  ["a directory of DOS that has the name of a file", "a", 0, 0x10, "zip-attributes"],
  ["a directory that is a file of Unix too", "a", 3, unix(file | 0o755, 0x10), "zip-attributes"],
  ["a file of Unix that has the name of a directory", "a/", 3, unix(file | 0o644), "zip-attributes"],
  ["a file of Unix with DOS' mark and the name of a directory", "a/", 3, unix(file | 0o644, 0x10), "zip-attributes"],
])("a file with the attributes of %s is refused", (_, name, host, attributes, code) => {
  expect(check(name, host, attributes)).toEqual([`${code} ${name}`]);
});

it("comes from one of the systems whose attributes all readers know", () => {
  const hosts = Array.from({ length: 256 }, (_, host) => host);
  expect(hosts.filter((host) => check("a", host, 0).length === 0)).toEqual([0, 3, 10, 11, 14, 19]);
});

it.each([0o010000, 0o020000, 0o030000, 0o050000, 0o060000, 0o070000, 0o110000, 0o120000, 0o140000, 0o160000, 0o170000])(
  "is never a link, a device, a pipe or a socket, wherever it comes from (type %i)",
  (type) => {
    const hosts = Array.from({ length: 256 }, (_, host) => host);
    expect(hosts.filter((host) => check("a", host, unix(type | 0o777))[0] !== "zip-symlink a")).toEqual([]);
  },
);
