import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readHashed } from "../../provider/lifecycle/package/read-hashed";

const piece = 4 * 1024 * 1024;
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "read-hashed-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([0, 1, piece - 1, piece, piece + 1, 2 * piece, 2 * piece + 17])(
  "a file of %d bytes is read whole, with its digest",
  async (size) => {
    const bytes = patterned(size);
    writeFileSync(join(folder, "file"), bytes);
    const found = await readHashed(join(folder, "file"), "package");
    expect(found.bytes.equals(bytes)).toBe(true);
    expect(found.sha256).toBe(digest(bytes));
  },
);

test("a named pipe, which tells no size, is read to its end", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const bytes = patterned(100_000);
  const [found] = await Promise.all([readHashed(pipe, "package"), writeFile(pipe, bytes)]);
  expect(found).toEqual({ bytes, sha256: digest(bytes) });
});

test("of a file that becomes shorter, what is returned is what was hashed", async () => {
  const path = join(folder, "file");
  writeFileSync(path, patterned(3 * piece));
  const reading = readHashed(path, "package");
  truncateSync(path, piece + 5);
  const { bytes, sha256 } = await reading;
  expect(bytes.length).toBeLessThanOrEqual(3 * piece);
  expect(sha256).toBe(digest(bytes));
});

test.each([
  ["ENOENT", "missing"],
  ["EISDIR", "."],
])("the file system's own error is thrown: %s", async (code, name) => {
  await expect(readHashed(join(folder, name), "package")).rejects.toMatchObject({ code });
});

// Of a prime length, so that no two pieces are the same.
function patterned(size: number): Buffer {
  const pattern = Buffer.from(Array.from({ length: 65_521 }, (_, index) => (index * 31) % 251));
  return Buffer.alloc(size, pattern);
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
