import { createHash } from "node:crypto";
import { observeNode } from "../../../provider/actions/observe";
import { clean } from "../../../provider/actions/clean";
import { deliver as deliverAction } from "../../../provider/actions/deliver";
import { place } from "../../../provider/actions/place";
import { stage } from "../../../provider/actions/stage";
import type { Answer } from "../../../provider/host/host";
import { liveChanges } from "../support/live-changes";
import { MemoryMachine } from "./support/memory-machine";

type Tree = Readonly<Record<string, string>>;

const state = "C:/state";
const folder = "C:/Tableau";
const live = `${folder}/my connector`;
const one: Tree = { "B.js": "upper case", "deep/er/x.js": "x", "deep/none": "", "manifest.xml": "<connector-plugin/>" };
const two: Tree = { "manifest.xml": "<connector-plugin class='two'/>" };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
// The names above are in the order of their bytes.
const digest = (tree: Tree): string =>
  sha256(
    Object.entries(tree)
      .map(([path, text]) => `${sha256(text)}  ./${path}\n`)
      .join(""),
  );
const pack = (tree: Tree): string =>
  [`${String(Object.keys(tree).length)}\n`, ...Object.entries(tree).map(([path, text]) => `${String(text.length)} ${path}\n${text}`)].join(
    "",
  );
const part = (tree: Tree): string => `${folder}/.pulumi-tableau.${digest(tree)}.part`;
const keys = (answer: Answer): string[] => answer.records.map(([key]) => key);

const described = { pluginClass: "class", pluginVersion: "1.0", live: null };

let machine: MemoryMachine;
beforeEach(() => {
  machine = new MemoryMachine();
  machine.folders.add("c:/tableau");
});

const change = (...words: readonly string[]): Promise<Answer> =>
  machine.perform(place, { stateDirectory: state, changes: liveChanges(words) });
const deliver = (tree: Tree, input = pack(tree)): Promise<Answer> =>
  machine.perform(
    deliverAction,
    { stateDirectory: state, packages: [{ ...described, sha256: digest(tree), size: null, fileName: "my connector" }] },
    Buffer.from(input),
  );
const stageTree = (tree: Tree): Promise<Answer> =>
  machine.perform(stage, { stateDirectory: state, directory: folder, digests: [digest(tree)] });
const placeTree = (tree: Tree, was: string): Promise<Answer> => change("place", folder, "my connector", digest(tree), was);
const retire = (was: string): Promise<Answer> => change("retire", folder, "my connector", "-", was);
const below = (path: string): Tree =>
  Object.fromEntries(
    [...machine.files.keys()]
      .filter((file) => file.startsWith(`${path.toLowerCase()}/`))
      .map((file) => [file.slice(path.length + 1), machine.text(file) ?? ""]),
  );
const put = (path: string, tree: Tree): void => {
  for (const [name, text] of Object.entries(tree)) machine.put(`${path}/${name}`, text);
};
const lowered = (tree: Tree): Tree => Object.fromEntries(Object.entries(tree).map(([path, text]) => [path.toLowerCase(), text]));
const parts = (): string[] => [...machine.folders, ...machine.files.keys()].filter((path) => /\.part|\.incoming/.test(path));

describe("unpacked connectors on Windows", () => {
  it("are stored whole and once, and again where the store's copy is damaged", async () => {
    expect(keys(await deliver(one))).toEqual(["wants", "delivered"]);
    expect(below(`${state}/store/${digest(one)}`)).toEqual(lowered(one));
    expect(machine.text(`${state}/store/${digest(one)}.info`)).toBe("class\n1.0\nmy connector\n");
    expect((await deliver(one, "")).records).toEqual([["wants"]]);
    machine.put(`${state}/store/${digest(one)}/more`, "");
    expect(keys(await deliver(one))).toEqual(["wants", "delivered"]);
    expect(below(`${state}/store/${digest(one)}`)).toEqual(lowered(one));
    expect(parts()).toEqual([]);
  });

  it("that arrive cut are thrown away", async () => {
    expect(keys(await deliver(one, pack(one).slice(0, -3)))).toEqual(["wants", "mismatch"]);
    expect([...machine.files]).toEqual([]);
    expect(parts()).toEqual([]);
  });

  it.each(["../outside", "deep/../../outside", "C:/outside", "deep\\outside", "/outside"])(
    "with a file %s, which lies outside, are thrown away",
    async (path) => {
      expect(keys(await deliver(one, pack({ [path]: "evil" })))).toEqual(["wants", "failed"]);
      expect([...machine.files]).toEqual([]);
    },
  );

  it("go live out of a place that is no connector, replace each other whole, and stay in the store", async () => {
    await deliver(one);
    expect(keys(await stageTree(one))).toEqual(["staged"]);
    expect(below(part(one))).toEqual(Object.fromEntries(Object.entries(lowered(one)).map(([path, text]) => [`tree/${path}`, text])));
    expect(keys(await placeTree(one, "-"))).toEqual(["placed", "end"]);
    expect(below(live)).toEqual(lowered(one));
    await deliver(two);
    await stageTree(two);
    await machine.perform(clean, { stateDirectory: state, directories: [], digests: [digest(one)] });
    expect(below(`${state}/store/${digest(one)}`)).toEqual({});
    expect(keys(await placeTree(two, digest(one)))).toEqual(["placed", "end"]);
    expect([below(live), below(`${state}/store/${digest(one)}`)]).toEqual([two, lowered(one)]);
    // Again: what is done already counts as done.
    expect(keys(await placeTree(two, digest(one)))).toEqual(["placed", "end"]);
    expect(parts()).toEqual([]);
  });

  it("stay as they are where a program holds one of their files, or somebody changed one", async () => {
    put(live, one);
    await deliver(two);
    await stageTree(two);
    machine.held.add(`${live}/b.js`.toLowerCase());
    expect((await placeTree(two, digest(one))).records).toEqual([["failed", "place my connector", `${live}: a program holds it open`]]);
    machine.held.clear();
    expect(below(live)).toEqual(lowered(one));
    expect((await placeTree(two, digest(two).replace(/./, "0"))).records).toEqual([["changed", folder, "my connector", digest(one)]]);
    expect(below(live)).toEqual(lowered(one));
  });

  it("come back where the new one cannot follow", async () => {
    put(live, one);
    await deliver(two);
    await stageTree(two);
    machine.held.add(`${part(two)}/tree/manifest.xml`.toLowerCase());
    expect(keys(await placeTree(two, digest(one)))).toEqual(["failed"]);
    expect(below(live)).toEqual(lowered(one));
  });

  it("are retired into the store, once", async () => {
    put(live, one);
    for (let i = 0; i < 2; i += 1) expect(keys(await retire(digest(one)))).toEqual(["retired", "end"]);
    expect([below(live), below(`${state}/store/${digest(one)}`)]).toEqual([{}, lowered(one)]);
    expect(parts()).toEqual([]);
  });

  it("are seen as what they are, and what interrupted runs have left of them goes", async () => {
    await deliver(one);
    await stageTree(one);
    put(live, two);
    const look = async (): ReturnType<typeof observeNode> =>
      await observeNode(machine.host, { stateDirectory: state, digests: [digest(one)], directories: [folder], timeoutSeconds: 10 });
    const { node, manifests } = await look();
    expect(node.packages).toMatchObject([{ fileName: "my connector", form: "folder", sha256: digest(two), mode: "0755", readable: true }]);
    expect(manifests.get(live)).toBe(two["manifest.xml"]);
    expect(node.stored).toMatchObject([{ sha256: digest(one), intact: true, fileName: "my connector" }]);
    expect(node.leftovers).toEqual([{ directory: folder, fileName: part(one).slice(folder.length + 1) }]);
    await machine.perform(clean, { stateDirectory: state, directories: [folder], digests: [] });
    expect((await look()).node.leftovers).toEqual([]);
  });
});
