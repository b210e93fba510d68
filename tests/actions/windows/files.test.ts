import { createHash } from "node:crypto";
import { checkAnswer } from "../../../provider/actions/check-answer";
import { observeNode } from "../../../provider/actions/observe";
import { clean } from "../../../provider/actions/clean";
import { deliver as deliverAction } from "../../../provider/actions/deliver";
import { place } from "../../../provider/actions/place";
import { record } from "../../../provider/actions/record";
import { stage } from "../../../provider/actions/stage";
import type { Answer } from "../../../provider/host/host";
import { outcomeOf } from "../support/outcome";
import { liveChanges } from "../support/live-changes";
import { MemoryMachine } from "./support/memory-machine";

const state = "C:/state";
const live = "C:/Tableau";
const [one, two] = ["bytes of one", "bytes of two"];
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const part = (text: string): string => `${live}/.pulumi-tableau.${digest(text)}.part`;
const keys = (answer: Answer): string[] => answer.records.map(([key]) => key);

const described = { pluginClass: "class", pluginVersion: "1.0", live: null };

let machine: MemoryMachine;
beforeEach(() => {
  machine = new MemoryMachine();
  machine.folders.add("c:/tableau");
});

const change = (...words: readonly string[]): Promise<Answer> =>
  machine.perform(place, { stateDirectory: state, changes: liveChanges(words) });
const deliver = (text: string, input: string): Promise<Answer> =>
  machine.perform(
    deliverAction,
    { stateDirectory: state, packages: [{ ...described, sha256: digest(text), size: text.length, fileName: "x.taco" }] },
    Buffer.from(input),
  );

describe("actions on Windows", () => {
  it("store a package once, with its description", async () => {
    expect(keys(await deliver(one, one))).toEqual(["wants", "delivered"]);
    expect(machine.text(`${state}/store/${digest(one)}`)).toBe(one);
    expect(machine.text(`${state}/store/${digest(one)}.info`)).toBe("class\n1.0\nx.taco\n");
    expect((await deliver(one, "")).records).toEqual([["wants"]]);
  });

  it("copy the same bytes of a live file, which need not travel, and no others", async () => {
    machine.put(`${live}/x.taco`, one);
    const adopt = (text: string): Promise<Answer> =>
      machine.perform(
        deliverAction,
        {
          stateDirectory: state,
          packages: [{ ...described, sha256: digest(text), size: text.length, fileName: "x.taco", live: `${live}/x.taco` }],
        },
        Buffer.from(text),
      );
    expect((await adopt(one)).records).toEqual([["wants"], ["copied", digest(one)]]);
    expect(machine.text(`${state}/store/${digest(one)}`)).toBe(one);
    expect(keys(await adopt(two))).toEqual(["wants", "delivered"]);
  });

  it("throw a cut upload away", async () => {
    const answer = await deliver(one, one.slice(0, 5));
    expect(answer).toMatchObject({ status: 1 });
    expect(answer.records.at(-1)).toEqual(["mismatch", digest(one), "5", digest(one.slice(0, 5))]);
    expect([...machine.files]).toEqual([]);
  });

  it("switch a file, and keep the one before", async () => {
    await deliver(two, two);
    machine.put(`${live}/X.taco`, one);
    await machine.perform(stage, { stateDirectory: state, directory: live, digests: [digest(two)] });
    expect(machine.text(part(two))).toBe(two);
    expect(keys(await change("place", live, "x.taco", digest(two), digest(one)))).toEqual(["placed", "end"]);
    expect(machine.text(`${live}/x.taco`)).toBe(two);
    expect(machine.text(`${state}/store/${digest(one)}`)).toBe(one);
    expect(machine.text(part(two))).toBeUndefined();
    // Again: what is done already counts as done.
    expect(keys(await change("place", live, "x.taco", digest(two), digest(one)))).toEqual(["placed", "end"]);
  });

  it("go on where an old server was cut between removing and renaming", async () => {
    machine.put(part(two), two);
    expect(keys(await change("place", live, "x.taco", digest(two), digest(one)))).toEqual(["placed", "end"]);
    expect(machine.text(`${live}/x.taco`)).toBe(two);
  });

  it("leave a file alone that somebody changed", async () => {
    machine.put(part(two), two);
    machine.put(`${live}/x.taco`, "somebody's");
    const answer = await change("place", live, "x.taco", digest(two), digest(one));
    expect(answer.records).toEqual([["changed", live, "x.taco", digest("somebody's")]]);
    expect(machine.text(`${live}/x.taco`)).toBe("somebody's");
  });

  it("name a file that a program holds open", async () => {
    machine.put(part(two), two);
    machine.put(`${live}/x.taco`, one);
    machine.held.add("c:/tableau/x.taco");
    const answer = await change("place", live, "x.taco", digest(two), digest(one));
    expect(() => checkAnswer("node1", "place", outcomeOf(answer))).toThrow(
      /Could not place x\.taco: C:\/Tableau\/x\.taco: a program holds it open.*End that program/s,
    );
  });

  it("retire a file into the store", async () => {
    machine.put(`${live}/x.taco`, one);
    expect(keys(await change("retire", live, "x.taco", "-", digest(one)))).toEqual(["retired", "end"]);
    expect(machine.text(`${live}/x.taco`)).toBeUndefined();
    expect(machine.text(`${state}/store/${digest(one)}`)).toBe(one);
  });

  it("write no half record", async () => {
    const due = { stateDirectory: state, note: "due", reason: "because", sha256: digest("{}") } as const;
    const cut = await machine.perform(record, due, Buffer.from("{"));
    expect([keys(cut), machine.text(`${state}/record.json`)]).toEqual([["failed"], undefined]);
    expect(keys(await machine.perform(record, due, Buffer.from("{}")))).toEqual(["recorded"]);
    expect([machine.text(`${state}/record.json`), machine.text(`${state}/restart-required`)]).toEqual(["{}", "because\n"]);
  });

  it("clean up what interrupted runs have left", async () => {
    machine.put(part(two), two);
    machine.put(`${live}/x.taco`, one);
    machine.put(`${state}/store/${digest(one)}`, one);
    machine.put(`${state}/store/.incoming.1.${digest(two)}`, two);
    await machine.perform(clean, { stateDirectory: state, directories: [live], digests: [digest(one)] });
    expect([...machine.files.keys()]).toEqual(["c:/tableau/x.taco"]);
  });

  it("tell of a node what sh tells of one", async () => {
    await deliver(one, one);
    machine.put(`${live}/x.TACO`, one);
    machine.put(`${live}/notes.txt`, "");
    const seen = await observeNode(machine.host, {
      stateDirectory: state,
      digests: [digest(one), digest(two)],
      directories: [live, "C:/none"],
      timeoutSeconds: 10,
    });
    expect(seen).toMatchObject({ user: "Jane_Doe", record: null, restartRequired: null });
    expect(seen.node).toMatchObject({
      packages: [
        {
          directory: live,
          fileName: "x.TACO",
          sha256: digest(one),
          readable: true,
          mode: "0644",
          owner: "Jane_Doe",
          changedAtMeans: "writing",
        },
      ],
      stored: [{ sha256: digest(one), intact: true, pluginClass: "class", fileName: "x.taco" }],
      directories: [
        { path: live, exists: true },
        { path: "C:/none", exists: false },
      ],
      loadedSince: null,
      oldestProcess: null,
    });
  });

  it.each([
    ["its own time", state, { "d:/tableau": 1500 }, 1500],
    ["that of the folder above, in which it may have taken another's place", state, { "d:/tableau": 1500, "d:/": 1600 }, 1600],
    ["its own where the state's folder is below the same one", "D:/state/ours", { "d:/tableau": 1500, "d:/": 1600 }, 1500],
    ["its own where it is in the state's folder", "D:/", { "d:/tableau": 1500, "d:/": 1600 }, 1500],
    ["nothing where nobody may look at it", state, { "d:/tableau": null }, undefined],
    ["nothing where nobody may look above it", state, { "d:/": null }, undefined],
  ])("tell when entries of a folder changed: %s", async (_what, stateDirectory, times, expected) => {
    for (const folder of ["d:/", "d:/tableau"]) machine.folders.add(folder);
    for (const [path, time] of Object.entries(times)) machine.times.set(path, time);
    const directories = ["D:/Tableau", "D:/none"];
    const seen = await observeNode(machine.host, { stateDirectory, digests: [], directories, timeoutSeconds: 10 });
    expect(seen.node.directories.map(({ entriesChangedAt }) => entriesChangedAt)).toEqual([expected, undefined]);
  });

  it("take a note for as young as its second allows", async () => {
    await machine.perform(record, { stateDirectory: state, note: "due", reason: "because", sha256: digest("{}") }, Buffer.from("{}"));
    const seen = await observeNode(machine.host, { stateDirectory: state, digests: [], directories: [live], timeoutSeconds: 10 });
    // The machine writes everything in second 1000: a process that started within it may be older than the note.
    expect(seen.restartRequired?.since).toBeGreaterThan(1000.99);
    expect(seen.restartRequired?.since).toBeLessThan(1001);
  });
});
