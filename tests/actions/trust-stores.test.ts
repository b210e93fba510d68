import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { arg } from "../../provider/actions/arguments";
import { observeTrust, toSeenTrust } from "../../provider/actions/observe-trust";
import { makeStore, type MadeStore, type NewStore, stageTrust } from "../../provider/actions/stage-trust";
import { ReplyReader } from "../../provider/host/reply";
import type { SeenTrust, TrustEntry } from "../../provider/plan/seen-trust";
import { readStoreEntries } from "../../provider/signature";
import { Secret } from "../../provider/vocabulary/secret";
import { simulatedAuthority, strangeAuthority } from "../../simulator/authority/authorities";
import { simulatedTrustStore } from "../../simulator/authority/trust-store";
import { digest, keys, LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

// Java takes a second to start on a machine that has other things to do.
jest.setTimeout(120_000);

const keytools = ["/usr/bin/keytool", "/usr/lib/jvm/temurin-25-jdk-amd64/bin/keytool"].filter(existsSync);
// A program that runs for a second is not worth compiling well.
const swift = ["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"];
const below = { ...observeTrust, args: { ...observeTrust.args, root: arg.path } };
const [ours, another] = [strangeAuthority().root.certificate, strangeAuthority().issuing.certificate];
const theirs = simulatedAuthority().root.certificate;
const isRoot = process.getuid?.() === 0;
const newest = "20252.25.0101.10";
const older = "20252.25.0101.9";

describe.each(shells())("trust stores of JREs, in %s", (shell) => {
  useAsSh(shell);
  let node: LocalNode;
  beforeEach(() => {
    node = new LocalNode();
  });
  afterEach(() => node.remove());

  const jreOf = (release: string): string => join(node.folder, `opt/tableau/tableau_server/packages/repository.${release}/jre`);
  const storeOf = (release: string): string => join(jreOf(release), "lib/security/cacerts");
  const jre = (release: string, content: Buffer = simulatedTrustStore(), program = keytools[0] ?? "/bin/false"): string => {
    const home = jreOf(release);
    for (const folder of ["bin", "lib/security"]) mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(join(home, "bin/keytool"), `#!/bin/sh\nexec ${program} ${swift.join(" ")} "$@"\n`, { mode: 0o755 });
    writeFileSync(storeOf(release), content, { mode: 0o644 });
    return storeOf(release);
  };
  const look = async (known: readonly string[] = []): Promise<SeenTrust> => {
    const { records, status } = await node.perform(below, { tsmPath: null, known, root: node.folder });
    const reader = new ReplyReader(observeTrust.reply({ tsmPath: null, known }));
    for (const record of records) reader.add(record);
    return toSeenTrust("node1", reader.end(status), new Map(known.map((one) => [one, []])), (bytes) => readStoreEntries(bytes, "changeit"));
  };
  const entries = (path: string, password = "changeit"): TrustEntry[] =>
    readStoreEntries(readFileSync(path), password).sort((a, b) => (a.alias < b.alias ? -1 : 1));
  const aliases = (all: readonly TrustEntry[]): string[] => all.map(({ alias }) => alias).sort();
  const make = async (path: string, changes: Partial<NewStore>, password: Secret | null = null): Promise<MadeStore> =>
    await makeStore(
      node.host,
      { stateDirectory: node.state, path, was: digest(readFileSync(path)), add: [], remove: [], ...changes },
      password,
      60,
    );
  const place = async (path: string, { sha256 }: MadeStore): Promise<readonly string[]> =>
    keys(await node.place("place", dirname(path), "cacerts", sha256, digest(readFileSync(path))));
  const beside = (path: string): string[] => readdirSync(dirname(path)).filter((name) => name !== "cacerts");

  describe("a look", () => {
    test("tells of the store of each release, and which of them runs; what is known is not sent", async () => {
      expect(await look()).toEqual({ stores: [], leftovers: [], lookedFor: expect.stringContaining("repository.*") as string });
      jre(older);
      const runs = jre(newest);
      mkdirSync(join(dirname(dirname(dirname(dirname(runs)))), "..", "repository.none"), { recursive: true });
      const seen = await look();
      expect(seen.stores).toMatchObject([
        { repository: `repository.${newest}`, use: "runs", path: runs, sha256: digest(simulatedTrustStore()) },
        { repository: `repository.${older}`, use: "idle" },
      ]);
      expect(aliases(seen.stores[0]?.entries ?? [])).toEqual(["simulated code signing", "simulated root"]);
      const again = await node.perform(below, { tsmPath: null, known: [digest(simulatedTrustStore())], root: node.folder });
      expect(again.records.map(([kind]) => kind)).toEqual(["store", "store", "end"]);
    });

    test("follows no link, and tells what it cannot read and what a run has left behind", async () => {
      const runs = jre(newest);
      writeFileSync(join(dirname(runs), ".pulumi-tableau.new.1.part"), "");
      expect((await look()).leftovers).toEqual([dirname(runs)]);
      writeFileSync(runs, "no store");
      expect((await look()).stores).toMatchObject([{ entries: null, why: "it is neither JKS nor PKCS#12" }]);
      rmSync(runs);
      symlinkSync("/etc/passwd", runs);
      expect((await look()).stores).toMatchObject([{ entries: null, sha256: null }]);
    });
  });

  // One shell with all of it, and one with each keytool: Java takes its time. Without a JDK there is no keytool to make stores with.
  const some = shell === "dash" ? keytools : keytools.slice(0, 1);
  const withAll = keytools.length > 0 && shell === "busybox" ? describe : describe.skip;
  (keytools.length > 0 ? describe : describe.skip)("a new store (skipped where this machine has no keytool)", () => {
    test.each(some)("is made by %s beside the old one, with its mode and owner, and takes its place by one rename", async (program) => {
      const path = jre(newest, undefined, program);
      chmodSync(path, 0o640);
      if (isRoot) chownSync(path, 0, 4);
      const before = readFileSync(path);
      await node.deliver(ours, { pluginClass: "certificate", fileName: "ours.cer" });
      const made = await make(path, { add: [{ alias: "corporate ca", sha256: digest(ours) }] });
      expect(readFileSync(path)).toEqual(before);
      expect(readStoreEntries(made.content, "changeit")).toEqual(
        expect.arrayContaining([
          ...readStoreEntries(before, "changeit"),
          { alias: "corporate ca", is: "certificate", sha256: digest(ours) },
        ]),
      );
      expect(await place(path, made)).toEqual(["placed", "end"]);
      expect(aliases(entries(path))).toEqual(["corporate ca", "simulated code signing", "simulated root"]);
      expect(statSync(path)).toMatchObject({ mode: 0o100640, ...(isRoot ? { uid: 0, gid: 4 } : {}) });
      expect(beside(path)).toEqual([]);
      // The one before is kept.
      expect(node.files(node.store)).toHaveProperty(digest(before));
    });

    test("loses the certificates that leave, which are kept, and nothing else: every other entry is the same byte for byte", async () => {
      const path = jre(newest);
      await node.deliver(ours, { pluginClass: "certificate" });
      await node.deliver(another, { pluginClass: "certificate" });
      await place(
        path,
        await make(path, {
          add: [
            { alias: "one", sha256: digest(ours) },
            { alias: "two", sha256: digest(another) },
          ],
        }),
      );
      const withBoth = entries(path);
      rmSync(join(node.store, digest(ours)));
      await place(path, await make(path, { remove: [{ alias: "one", sha256: digest(ours) }] }));
      expect(entries(path)).toEqual(withBoth.filter(({ alias }) => alias !== "one"));
      expect(readFileSync(join(node.store, digest(ours)))).toEqual(ours);
      // In one step an alias takes another certificate.
      const swap = { remove: [{ alias: "two", sha256: digest(another) }], add: [{ alias: "two", sha256: digest(ours) }] };
      await place(path, await make(path, swap));
      expect(entries(path).find(({ alias }) => alias === "two")).toMatchObject({ sha256: digest(ours) });
    });
  });

  withAll("a new store", () => {
    test.each([
      ["the store has changed since", { was: digest("another") }, /changed by somebody else/],
      ["the certificate is not delivered", { add: [{ alias: "a", sha256: digest("missing") }] }, /not in the store of this node/],
      [
        "the alias to be removed is another certificate's",
        { remove: [{ alias: "simulated root", sha256: digest(ours) }] },
        /has the digest/,
      ],
      ["there is no such alias", { remove: [{ alias: "nobody", sha256: digest(ours) }] }, /take the certificate nobody out/],
    ])("is not made where %s, and nothing is left behind", async (_why, changes, words) => {
      const path = jre(newest);
      const before = readFileSync(path);
      await node.deliver(one, { pluginClass: "certificate" });
      await expect(make(path, changes)).rejects.toThrow(words);
      expect(readFileSync(path)).toEqual(before);
      expect(beside(path)).toEqual([]);
      expect(Object.keys(node.files(node.store)).filter((name) => name.startsWith(".incoming"))).toEqual([]);
    });
    const one = theirs;

    test("is made with a password of its own, which no argument list and no file that stays has", async () => {
      const path = jre(newest);
      execFileSync(keytools[0] ?? "", [...swift, "-storepasswd", "-keystore", path, "-storepass", "changeit", "-new", "Tr0ub4dor & 3"], {
        stdio: "ignore",
      });
      const log = join(node.folder, "calls");
      writeFileSync(
        join(jreOf(newest), "bin/keytool"),
        `#!/bin/sh\nprintf '%s\\n' "$@" >> ${log}\nenv >> ${log}\nexec ${keytools[0] ?? ""} ${swift.join(" ")} "$@"\n`,
      );
      await node.deliver(ours, { pluginClass: "certificate" });
      const change = { add: [{ alias: "a", sha256: digest(ours) }], stateDirectory: node.state };
      await expect(make(path, change)).rejects.toThrow(/password was incorrect|tampered/);
      const made = await make(path, change, new Secret("Tr0ub4dor & 3"));
      expect(aliases(readStoreEntries(made.content, "Tr0ub4dor & 3"))).toContain("a");
      const logged = readFileSync(log, "utf8");
      expect(logged).not.toContain("Tr0ub4dor");
      const [, file = ""] = /-storepass:file\n(.*)\n/.exec(logged) ?? [];
      expect([file, existsSync(file)]).toEqual([expect.stringMatching(/^\//), false]);
    });

    test("of PKCS#12, with and without a password, keeps private keys and certificates as they are", async () => {
      const path = jre(newest);
      rmSync(path);
      const keytool = (...args: string[]): void =>
        void execFileSync(keytools[0] ?? "", [...swift, ...args, "-keystore", path, "-storepass", "changeit", "-storetype", "PKCS12"], {
          stdio: "ignore",
        });
      keytool("-genkeypair", "-alias", "a key", "-keyalg", "EC", "-dname", "CN=x");
      execFileSync(
        keytools[0] ?? "",
        [...swift, "-importcert", "-noprompt", "-alias", "theirs", "-keystore", path, "-storepass", "changeit"],
        {
          input: theirs,
          stdio: ["pipe", "ignore", "ignore"],
        },
      );
      const before = entries(path);
      await node.deliver(ours, { pluginClass: "certificate" });
      await place(path, await make(path, { add: [{ alias: "ours", sha256: digest(ours) }] }));
      await place(path, await make(path, { remove: [{ alias: "ours", sha256: digest(ours) }] }));
      expect(entries(path)).toEqual(before);
      expect(aliases(before)).toEqual(["a key", "a key", "theirs"]);
    });

    test("is not made by a program that somebody else may have written", async () => {
      if (!isRoot) return;
      const path = jre(newest);
      await node.deliver(ours);
      chmodSync(join(jreOf(newest), "bin/keytool"), 0o777);
      const answer = await node.perform(stageTrust, {
        ...{ stateDirectory: node.state, path, was: digest(readFileSync(path)), password: "default", remove: [] },
        add: [{ alias: "a", sha256: digest(ours) }],
      });
      expect(answer.records).toEqual([["unsafe", join(jreOf(newest), "bin/keytool"), expect.any(String), "root", "777"]]);
      chownSync(join(jreOf(newest), "bin"), 65_534, 65_534);
      await expect(make(path, { add: [{ alias: "a", sha256: digest(ours) }] })).rejects.toThrow(/could exchange what lies there/);
    });

    test("of a JRE that belongs to somebody else is made with the rights of that user", async () => {
      if (!isRoot) return;
      const path = jre(newest);
      chmodSync(node.folder, 0o755);
      execFileSync("chown", ["-R", "nobody", jreOf(newest)]);
      await node.deliver(ours);
      const made = await make(path, { add: [{ alias: "a", sha256: digest(ours) }] }, new Secret("changeit"));
      expect(await place(path, made)).toEqual(["placed", "end"]);
      expect(statSync(path).uid).toBe(65_534);
      expect(aliases(entries(path))).toContain("a");
    });
  });
});
