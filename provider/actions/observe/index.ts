import type { Host } from "../../host/host";
import installation from "../../tsm/installation.sh";
import { action, perform } from "../action";
import { arg } from "../arguments";
import { batched } from "../batched";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";
import { unsafeFolder } from "../unsafe-folder";
import clock from "./clock.sh";
import files from "./files.sh";
import processes from "./processes.sh";
import { readObservation, type Look, type Observation } from "./read-observation";
import { observeReply, type ObserveQuestion } from "./reply";
import { onWindows } from "./windows";

/** Looks at one node and changes nothing. */
export const observe = action({
  name: "observe",
  as: "privileged",
  args: {
    stateDirectory: arg.path,
    /** Packages of the store whose bytes are to be verified. */
    digests: arg.counted(arg.sha256),
    /** Directories whose packages are to be listed. */
    directories: arg.rest(arg.path),
  },
  linux: clock + processes + folders + installation + sums + tree + files,
  windows: onWindows,
  reply: observeReply,
});

export interface NodeQuestion extends ObserveQuestion {
  readonly stateDirectory: string;
  readonly timeoutSeconds: number;
}

/**
 * Looks at one node in one round trip, together with everybody who wants to look at the same time. A directory that
 * changes under the look is looked at once more.
 */
export async function observeNode(host: Host, question: NodeQuestion): Promise<Observation> {
  const first = await askInBatch(host, question);
  try {
    return readObservation(host.node, question, first);
  } catch {
    return readObservation(host.node, question, await askInBatch(host, question));
  }
}

/** What a node's store holds in place of a package: its digest, "absent", or "damaged". */
export async function observeStore(host: Host, sha256: string, stateDirectory: string, timeoutSeconds: number): Promise<string> {
  const { node } = await observeNode(host, { stateDirectory, digests: [sha256], directories: [], timeoutSeconds });
  const stored = node.stored.find((candidate) => candidate.sha256 === sha256);
  if (stored === undefined) return "absent";
  return stored.intact === true ? sha256 : stored.intact === null ? "absent" : "damaged";
}

// 200 digests are 13 kB of a command.
const askInBatch = batched<NodeQuestion, Look>(200, async (host, questions) => {
  const answers = new Map<string, Promise<Look>>();
  for (const { stateDirectory } of questions) {
    const same = questions.filter((question) => question.stateDirectory === stateDirectory);
    if (!answers.has(stateDirectory)) answers.set(stateDirectory, askTogether(host, stateDirectory, same));
  }
  return Promise.all(
    questions.map(async (question) =>
      answerTo(question, await (answers.get(question.stateDirectory) ?? askTogether(host, question.stateDirectory, [question]))),
    ),
  );
});

async function askTogether(host: Host, stateDirectory: string, questions: readonly NodeQuestion[]): Promise<Look> {
  const digests = [...new Set(questions.flatMap((question) => question.digests))];
  const directories = [...new Set(questions.flatMap((question) => question.directories))];
  const timeoutSeconds = questions.reduce((longest, question) => Math.max(longest, question.timeoutSeconds), 0);
  const look = await perform(host, observe, { stateDirectory, digests, directories }, { timeoutSeconds });
  // A folder to be listed may be unsafe; those that this package works in may not.
  const unsafe = look.lines.unsafe.find((line) => !directories.includes(line.path));
  if (unsafe !== undefined) throw unsafeFolder(host.node, unsafe);
  return look;
}

// What only others asked for is left out.
function answerTo({ digests, directories }: NodeQuestion, look: Look): Look {
  const mine = <T extends { readonly directory: string }>(all: readonly T[]): T[] =>
    all.filter((line) => directories.includes(line.directory));
  const { lines } = look;
  return {
    ...look,
    lines: {
      ...lines,
      verified: lines.verified.filter(({ sha256 }) => digests.includes(sha256)),
      directory: lines.directory.filter(({ path }) => directories.includes(path)),
      entries: mine(lines.entries),
      name: mine(lines.name),
      stat: mine(lines.stat),
      digest: mine(lines.digest),
      link: mine(lines.link),
      unreadable: mine(lines.unreadable),
      folder: mine(lines.folder),
      unsafe: lines.unsafe.filter(({ path }) => directories.includes(path)),
      "works-as": mine(lines["works-as"]),
      access: mine(lines.access),
    },
  };
}
