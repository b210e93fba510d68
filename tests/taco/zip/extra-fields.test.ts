import { checkExtraFields, splitExtra } from "../../../provider/taco/zip/extra-fields";
import { entryOf, told } from "./entries";
import { extraField } from "./records";

const none = Buffer.alloc(0);
const check = (local: Buffer, central: Buffer) => checkExtraFields(local, entryOf({ name: "b.js", extra: central }));
/** So many bytes, each different. */
const bytes = (length: number, start = 0): number[] => Array.from({ length }, (_, at) => start + at);

describe("splitting", () => {
  const field = extraField(0x5455, [1, 2]);
  it.each<[string, Buffer, readonly (readonly [number, readonly number[]])[], number]>([
    ["nothing", none, [], 0],
    ["three bytes", Buffer.alloc(3), [], 3],
    ["a field without data", Buffer.from([1, 0, 0, 0]), [[1, []]], 0],
    ["one field", field, [[0x5455, [1, 2]]], 0],
    ["two fields", Buffer.concat([field, extraField(0xcafe, bytes(300))]), [[0x5455, [1, 2]], [0xcafe, bytes(300).map((byte) => byte % 256)]], 0],
    ["a field that is cut", field.subarray(0, 5), [], 5],
    ["a field and bytes behind it", Buffer.concat([field, Buffer.alloc(2)]), [[0x5455, [1, 2]]], 2],
    ["a field and one that is cut", Buffer.concat([field, field.subarray(0, 4)]), [[0x5455, [1, 2]]], 4],
  ])("%s", (_, extra, fields, rest) => {
    const found = splitExtra(extra);
    expect(found.fields.map(({ tag, data }) => [tag, [...data]])).toEqual(fields);
    expect(found.rest).toBe(rest);
  }); // prettier-ignore
});

const zip64 = (length: number) => extraField(0x0001, bytes(length));
const ntfs = (length = 32, tag = [1, 0, 24, 0], start = 0) => extraField(0x000a, [0, 0, 0, 0, ...tag, ...bytes(length - 8, start)]);
const times = (flags: number, length: number, start = 0) => extraField(0x5455, [flags, ...bytes(length - 1, start)]);
const formerTimes = (length: number, start = 0) => extraField(0x5855, bytes(length, start));
const formerOwner = (length: number, start = 0) => extraField(0x7855, bytes(length, start));
const owner = (user: number, group: number, version = 1, start = 0) =>
  extraField(0x7875, [version, user, ...bytes(user, start), group, ...bytes(group)]);
const jar = extraField(0xcafe); // prettier-ignore

describe("the form of a field", () => {
  it.each<[string, Buffer, "fits" | "unusual", "fits" | "unusual"]>([
    ["zip64 with 8 bytes", zip64(8), "unusual", "fits"],
    ["zip64 with 15 bytes", zip64(15), "unusual", "fits"],
    ["zip64 with 16 bytes", zip64(16), "fits", "fits"],
    ["zip64 with 17 bytes", zip64(17), "unusual", "fits"],
    ["NTFS", ntfs(), "fits", "fits"],
    ["NTFS with one byte less", ntfs(31), "unusual", "unusual"],
    ["NTFS with one byte more", ntfs(33), "unusual", "unusual"],
    ["NTFS with another attribute", ntfs(32, [2, 0, 24, 0]), "unusual", "unusual"],
    ["NTFS with another length of its times", ntfs(32, [1, 0, 25, 0]), "unusual", "unusual"],
    ["times without a byte", extraField(0x5455), "unusual", "unusual"],
    ["no times", times(0, 1), "fits", "fits"],
    ["no times, but bytes", times(0, 5), "unusual", "unusual"],
    ["the first time", times(1, 5), "fits", "fits"],
    ["the first time, cut", times(1, 4), "unusual", "unusual"],
    ["the first time, missing", times(1, 1), "unusual", "unusual"],
    ["the second time", times(2, 5), "fits", "fits"],
    ["the second time, missing", times(2, 1), "unusual", "fits"],
    ["the third time", times(4, 5), "fits", "fits"],
    ["two times", times(6, 9), "fits", "fits"],
    ["two times of three announced", times(7, 9), "unusual", "unusual"],
    ["two times, the first of them alone", times(3, 5), "unusual", "fits"],
    ["two later times, one of them", times(6, 5), "unusual", "unusual"],
    ["three times", times(7, 13), "fits", "fits"],
    ["four times", times(7, 17), "unusual", "unusual"],
    ["an unknown flag", times(8, 1), "unusual", "unusual"],
    ["an unknown flag and a time", times(9, 5), "unusual", "unusual"],
    ["former times", formerTimes(8), "fits", "fits"],
    ["former times, cut", formerTimes(7), "unusual", "unusual"],
    ["former times with an owner", formerTimes(12), "fits", "unusual"],
    ["former times with half an owner", formerTimes(10), "unusual", "unusual"],
    ["a former owner", formerOwner(4), "fits", "fits"],
    ["a former owner, cut", formerOwner(3), "unusual", "unusual"],
    ["no former owner", formerOwner(0), "unusual", "fits"],
    ["an owner of shortest numbers", owner(1, 1), "fits", "fits"],
    ["an owner of longest numbers", owner(8, 8), "fits", "fits"],
    ["an owner of two lengths", owner(4, 2), "fits", "fits"],
    ["an owner without a user", owner(0, 4), "unusual", "unusual"],
    ["an owner with a long user", owner(9, 4), "unusual", "unusual"],
    ["an owner without a group", owner(4, 0), "unusual", "unusual"],
    ["an owner with a long group", owner(4, 9), "unusual", "unusual"],
    ["an owner of another version", owner(4, 4, 2), "unusual", "unusual"],
    ["an owner, cut", extraField(0x7875, [1, 4, 0, 0, 0, 0, 4, 0, 0, 0]), "unusual", "unusual"],
    ["an owner and more", extraField(0x7875, [1, 1, 0, 1, 0, 0]), "unusual", "unusual"],
    ["an owner's version alone", extraField(0x7875, [1]), "unusual", "unusual"],
    ["an owner without a byte", extraField(0x7875), "unusual", "unusual"],
    ["a jar's mark", jar, "fits", "fits"],
    ["a jar's mark with data", extraField(0xcafe, [0]), "unusual", "unusual"],
  ])("%s", (_, extra, local, central) => {
    expect(check(extra, none).length).toBe(local === "fits" ? 0 : 1);
    expect(check(none, extra).length).toBe(central === "fits" ? 0 : 1);
  });
});

describe("two headers that have the same field", () => {
  it.each<[string, Buffer, Buffer]>([
    ["a jar's mark", jar, jar],
    ["zip64, whose numbers belong to each header", zip64(16), zip64(8)],
    ["the same NTFS times", ntfs(), ntfs()],
    ["three times, and the first of them", times(7, 13), times(7, 5)],
    ["the same three times", times(7, 13), times(7, 13)],
    ["no time", times(0, 1), times(0, 1)],
    ["a later time, which is only in one of them", times(2, 5), times(2, 1)],
    ["the same former times", formerTimes(8), formerTimes(8)],
    ["the same former times, with an owner in one of them", formerTimes(12), formerTimes(8)],
    ["the same former owner", formerOwner(4), formerOwner(4)],
    ["a former owner, in one of them", formerOwner(4), formerOwner(0)],
    ["the same owner", owner(4, 4), owner(4, 4)],
  ])("agree: %s", (_, local, central) => {
    expect(check(local, central)).toEqual([]);
  });

  it.each<[string, Buffer, Buffer]>([
    ["other NTFS times", ntfs(), ntfs(32, [1, 0, 24, 0], 1)],
    ["another first time", times(7, 13), times(7, 5, 1)],
    ["another first time beside the same later one", times(3, 9), extraField(0x5455, [3, 0, 1, 2, 9, 4, 5, 6, 7])],
    ["other flags", times(3, 9), times(1, 5)],
    ["other former times", formerTimes(8), formerTimes(8, 1)],
    ["other former times at the end", formerTimes(12), extraField(0x5855, [...bytes(7), 9])],
    ["another former owner", formerOwner(4), extraField(0x7855, [0, 1, 2, 9])],
    ["another owner", owner(4, 4), owner(4, 4, 1, 1)],
  ])("contradict each other: %s", (_, local, central) => {
    const problems = check(local, central);
    expect(told(problems)).toEqual(["zip-extra-field b.js"]);
    expect(problems[0]?.message).toMatch(/something else/);
  });

  it("are compared field by field, whatever their order", () => {
    expect(check(Buffer.concat([jar, times(1, 5)]), Buffer.concat([times(1, 5), jar]))).toEqual([]);
    expect(check(Buffer.concat([jar, times(1, 5)]), Buffer.concat([times(1, 5, 1), jar]))).toHaveLength(1);
  });
});

describe("fields that no package has", () => {
  const known = new Set([0x0001, 0x000a, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe]);

  it("are all others, in whichever header they stand", () => {
    // Those that some reader knows, and every 61st of all.
    const named = [0x0007, 0x0009, 0x000d, 0x0017, 0x4b46, 0x6375, 0x7075, 0x756e, 0x9901, 0xa220, 0xd935, 0xfb4a];
    const tags = [...named, ...Array.from({ length: 1075 }, (_, index) => index * 61)].filter((tag) => !known.has(tag));
    const passed = tags.filter((tag) => check(extraField(tag), none).length !== 1 || check(none, extraField(tag)).length !== 1);
    expect(passed).toEqual([]);
  });

  it("are told once with their number where both headers have them", () => {
    const problems = check(extraField(0x000d, [1]), extraField(0x000d, [2]));
    expect(told(problems)).toEqual(["zip-extra-field b.js"]);
    expect(problems[0]?.message).toContain("0x000d");
  });
});

it.each<[string, Buffer, Buffer, RegExp]>([
  ["a field twice in the local header", Buffer.concat([jar, jar]), none, /0xcafe twice/],
  ["a field twice in the central header", none, Buffer.concat([jar, times(0, 1), jar]), /0xcafe twice/],
  ["bytes behind the fields of the local header", Buffer.concat([jar, Buffer.alloc(2)]), none, /2 bytes in its local header/],
  ["a byte in the central header", none, Buffer.alloc(1), /1 bytes in its central header/],
])("refuses %s", (_, local, central, message) => {
  const problems = check(local, central);
  expect(told(problems)).toEqual(["zip-extra-field b.js"]);
  expect(problems[0]?.message).toMatch(message);
});

it("lets two fields stand side by side", () => {
  expect(check(Buffer.concat([times(1, 5), owner(4, 4)]), Buffer.concat([times(1, 5), owner(4, 4)]))).toEqual([]);
});

it("tells each thing that is wrong", () => {
  const twice = Buffer.concat([extraField(0xcafe, [0]), jar, Buffer.alloc(1)]);
  expect(check(twice, none).map(({ message }) => message)).toEqual([
    expect.stringContaining("1 bytes"),
    expect.stringContaining("unusual form"),
    expect.stringContaining("twice"),
  ]);
});
