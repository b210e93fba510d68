import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotAFile, openBytes } from "../../../provider/taco/zip/byte-source";

const most = 16 * 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "bytes-"));
const path = join(folder, "a.taco");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A file of this size that starts with a word and is empty behind it. */
function sparse(size: number, start = "start"): void {
  writeFileSync(path, start);
  truncateSync(path, size);
}

async function write(text: string, position: number): Promise<void> {
  const file = await open(path, "r+");
  await file.write(text, position);
  await file.close();
}

/** Handles of this process, where the system tells them. */
const handles = (): number => readdirSync("/dev/fd").length;

it.each<[string, () => Buffer | { readonly path: string }]>([
  ["a buffer", () => Buffer.from("0123456789")],
  ["a small file", () => ({ path })],
])("reads by position from %s", async (_, given) => {
  writeFileSync(path, "0123456789");
  const source = await openBytes(given());
  expect(source.size).toBe(10);
  expect((await source.read(0, 10)).toString()).toBe("0123456789");
  expect((await source.read(3, 4)).toString()).toBe("3456");
  expect((await source.read(10, 0)).toString()).toBe("");
  await expect(source.close()).resolves.toBeUndefined();
});

it("reads a file of up to 16 MB as a whole, and keeps nothing open", async () => {
  sparse(most);
  const before = handles();
  const source = await openBytes({ path });
  expect(handles()).toBe(before);
  await write("other", 0);
  expect(source.size).toBe(most);
  expect((await source.read(0, 5)).toString()).toBe("start");
  await expect(source.close()).resolves.toBeUndefined();
});

describe("a larger file", () => {
  it("is read where it is asked for", async () => {
    sparse(most + 1);
    const source = await openBytes({ path });
    expect(source.size).toBe(most + 1);
    expect((await source.read(0, 5)).toString()).toBe("start");
    await write("behind", most - 5);
    expect((await source.read(most - 5, 6)).toString()).toBe("behind");
    expect((await source.read(most - 4, 3)).toString()).toBe("ehi");
    await source.close();
  });

  it("is closed", async () => {
    sparse(most + 1);
    const before = handles();
    const source = await openBytes({ path });
    expect(handles()).toBe(before + 1);
    await source.close();
    expect(handles()).toBe(before);
    await expect(source.read(0, 1)).rejects.toThrow();
  });

  it("is not read past an end that came nearer", async () => {
    sparse(most + 1);
    const source = await openBytes({ path });
    truncateSync(path, 10);
    await expect(source.read(4, 8)).rejects.toThrow(/became shorter/);
    expect(await source.read(4, 6)).toEqual(Buffer.from("t\0\0\0\0\0"));
    await source.close();
  });
});

it("does not take a directory for a package, nor keep it open", async () => {
  const before = handles();
  await expect(openBytes({ path: folder })).rejects.toThrow(NotAFile);
  expect(handles()).toBe(before);
});

it("tells where there is no file", async () => {
  await expect(openBytes({ path: join(folder, "none") })).rejects.toMatchObject({ code: "ENOENT" });
});
