import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fetchTrust } from "../../../provider/actions/trust";
import type { AnswerLine } from "../../../provider/host/host";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import { answeringHost } from "../../host/support/answering-host";

const node = { name: "node1", host: "198.51.100.7" };
const bytes = Buffer.from("a trust store");
const digest = sha256(bytes);

let folder: string;
let cache: TrustCache;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trust-cache-"));
  cache = new TrustCache(join(folder, "home", "cache"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hostileNames = [
  "../../../evil",
  "/tmp/evil",
  "..",
  ".",
  "",
  "a/b",
  "a\\b",
  "cacerts/../../x",
  "cacerts\0",
  "CACERTS",
  "nul",
  "\u202ecacerts",
];
const hostileDigests = [
  "../../evil",
  "/evil",
  "..",
  "",
  "0".repeat(63),
  "0".repeat(65),
  digest.toUpperCase(),
  `${digest}\n`,
  "0".repeat(64),
];

test.each(hostileNames)("a node that names a file %j writes nothing", async (name) => {
  await expect(
    keep([
      ["digest", digest, "/x/cacerts"],
      ["file", "cacerts", base64(bytes)],
      ["file", name, base64(bytes)],
    ]),
  ).rejects.toMatchObject({
    code: "host-answer-unreadable",
  });
  expect(filesIn(folder)).toEqual([]);
});

test.each(hostileDigests)("a node that tells the digest %j of other bytes writes nothing", async (told) => {
  await expect(
    keep([
      ["digest", told, "/x/cacerts"],
      ["file", "cacerts", base64(bytes)],
    ]),
  ).rejects.toMatchObject({ code: "host-answer-unreadable" });
  await expect(keep([["digest", told, "/x/cacerts"]])).rejects.toMatchObject({ code: "host-answer-unreadable" });
  expect(filesIn(folder)).toEqual([]);
});

test("a node cannot put its own store in place of another's", async () => {
  await keep([
    ["digest", digest, "/x/cacerts"],
    ["file", "cacerts", base64(bytes)],
  ]);
  const other = { name: "node2", host: "198.51.100.8" };
  await expect(
    keep(
      [
        ["digest", digest, "/x/cacerts"],
        ["file", "cacerts", base64(Buffer.from("another"))],
      ],
      other,
    ),
  ).rejects.toThrow("damaged");
  expect(cache.digest(node)).toBe(digest);
  expect(cache.digest(other)).toBeNull();
});

test("what is in the cache is looked at before it is used", async () => {
  await keep([
    ["digest", digest, "/x/repository.20242.24.0807.0327/jre/lib/security/cacerts"],
    ["file", "cacerts", base64(bytes)],
  ]);
  expect(cache.release(node)).toBe("2024.2");
  const [pointer = ""] = filesIn(folder).filter((path) => path.endsWith(".json"));
  for (const text of ['{"digest":"../../../../evil"}', `{"digest":"${digest}\\n"}`, "null", "[]", "{", '"x"', '{"digest":7}']) {
    writeFileSync(join(folder, pointer), text);
    expect(cache.path(node)).toBeNull();
  }
  writeFileSync(join(folder, pointer), JSON.stringify({ digest, release: "../x" }));
  expect(cache.path(node)).not.toBeNull();
  expect(cache.release(node)).toBeNull();
});

test("a copy that is not what its name says is none, and is replaced", async () => {
  const store = join(folder, "home", "cache", "trust", "stores", digest, "lib", "security");
  mkdirSync(store, { recursive: true });
  writeFileSync(join(store, "cacerts"), "poison");
  mkdirSync(join(folder, "home", "cache", "trust", "nodes"));
  await cache.keep(node, { digest, path: "/x", release: null, files: new Map() });
  expect(cache.path(node)).toBeNull();
  await keep([
    ["digest", digest, "/x/cacerts"],
    ["file", "cacerts", base64(bytes)],
  ]);
  expect(cache.path(node)).toBe(join(store, "cacerts"));
  expect(existsSync(join(store, "cacerts"))).toBe(true);
  expect(filesIn(folder).filter((path) => path.includes(".part"))).toEqual([]);
});

async function keep(records: readonly AnswerLine[], of = node): Promise<void> {
  const found = await fetchTrust(answeringHost(records, {}, of.name), { known: null, tsmPath: null, timeoutSeconds: 10 });
  if ("files" in found) await cache.keep(of, found);
}

function filesIn(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)));
}

function base64(content: Buffer): string {
  return content.toString("base64");
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
