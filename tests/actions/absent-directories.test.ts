import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { observeNode } from "../../provider/actions/observe";
import { LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

jest.setTimeout(60_000);

describe.each(shells())("directories that are missing, with %s as sh", (shell) => {
  useAsSh(shell);
  let node: LocalNode;
  beforeEach(() => {
    node = new LocalNode();
    mkdirSync(join(node.folder, "two words", "shared"), { recursive: true });
    writeFileSync(join(node.folder, "file"), "");
  });
  afterEach(() => node.remove());

  const look = async (...directories: string[]): Promise<Record<string, unknown>> => {
    const question = { stateDirectory: node.state, digests: [], directories, timeoutSeconds: 30 };
    const { node: seen } = await observeNode(node.host, question);
    return Object.fromEntries(
      seen.directories.map(({ path, exists, parentExists, identity }) => [path, { exists, parentExists, identity }]),
    );
  };
  /** As `stat` tells it: number and time of change. */
  const identityOf = (folder: string): string => {
    const { ino, ctimeNs } = statSync(folder, { bigint: true });
    return `${ino}-${ctimeNs / 1_000_000_000n}.${String(ctimeNs % 1_000_000_000n).padStart(9, "0")}`;
  };

  // Two nodes that share a folder, each under a name of its own, are about to make one directory: the folder is what tells them.
  test("are told by the nearest folder above, which another node may share", async () => {
    const shared = join(node.folder, "two words", "shared");
    const here = identityOf(shared);
    symlinkSync(shared, join(node.folder, "link"));
    symlinkSync(join(shared, "connectors"), join(node.folder, "to-nowhere"));
    symlinkSync("two words/shared/connectors", join(node.folder, "relative"));
    symlinkSync("round", join(node.folder, "round"));
    const [direct, deep, behind, nowhere, relative] = [
      join(shared, "connectors"),
      join(shared, "a", "b", "connectors"),
      join(node.folder, "link", "connectors"),
      join(node.folder, "to-nowhere"),
      join(node.folder, "relative", "connectors"),
    ];
    const [inFile, round] = [join(node.folder, "file", "connectors"), join(node.folder, "round", "connectors")];
    const above = identityOf(node.folder);
    expect(await look(direct, node.live, deep, behind, nowhere, relative, inFile, round, "/connectors-of-nobody")).toEqual({
      [direct]: { exists: false, parentExists: true, identity: `${here}/connectors` },
      [node.live]: { exists: true, parentExists: true, identity: identityOf(node.live) },
      [deep]: { exists: false, parentExists: false, identity: `${here}/connectors` },
      [behind]: { exists: false, parentExists: true, identity: `${here}/connectors` },
      [nowhere]: { exists: false, parentExists: true, identity: `${here}/to-nowhere` },
      [relative]: { exists: false, parentExists: false, identity: `${here}/connectors` },
      [inFile]: { exists: false, parentExists: false, identity: `${above}/connectors` },
      [round]: { exists: false, parentExists: false, identity: `${above}/connectors` },
      "/connectors-of-nobody": { exists: false, parentExists: true, identity: `${identityOf("/")}/connectors-of-nobody` },
    });
  });
});
