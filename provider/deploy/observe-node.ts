import type { AnswerRecord, Host } from "../host/host";
import { batched } from "./batched";
import { readObservation, type Observation } from "./read-observation";
import { observeScript } from "./scripts/observe";
import { unsafeFolder } from "./unsafe-folder";
import { observeForm } from "./windows/observe";

export interface NodeQuestion {
  readonly stateDirectory: string;
  /** Packages of the store whose bytes are to be verified. */
  readonly digests: readonly string[];
  /** Directories whose packages are to be listed. */
  readonly directories: readonly string[];
  readonly timeoutSeconds: number;
}

/**
 * Looks at one node in one round trip, together with everybody who wants to look at the same time. A directory that
 * changes under the look is looked at once more.
 */
export async function observeNode(host: Host, question: NodeQuestion): Promise<Observation> {
  const first = await ask(host, question);
  try {
    return readObservation(host.node, first);
  } catch {
    return readObservation(host.node, await ask(host, question));
  }
}

// 200 digests are 13 kB of a command.
const ask = batched<NodeQuestion, readonly AnswerRecord[]>(200, async (host, questions) => {
  const answers = new Map<string, Promise<readonly AnswerRecord[]>>();
  for (const { stateDirectory } of questions) {
    const same = questions.filter((question) => question.stateDirectory === stateDirectory);
    if (!answers.has(stateDirectory)) answers.set(stateDirectory, askTogether(host, stateDirectory, same));
  }
  return Promise.all(questions.map(async (question) => answerTo(question, (await answers.get(question.stateDirectory)) ?? [])));
});

async function askTogether(host: Host, stateDirectory: string, questions: readonly NodeQuestion[]): Promise<readonly AnswerRecord[]> {
  const digests = new Set(questions.flatMap((question) => question.digests));
  const directories = new Set(questions.flatMap((question) => question.directories));
  const answer = await host.run({
    name: "observe",
    text: observeScript,
    windows: observeForm,
    args: [stateDirectory, String(digests.size), ...digests, ...directories],
    as: "privileged",
    timeoutSeconds: questions.reduce((longest, one) => Math.max(longest, one.timeoutSeconds), 0),
  });
  const unsafe = unsafeFolder(
    host.node,
    answer.records.filter(([, path = ""]) => !directories.has(path)),
  );
  if (unsafe !== undefined) throw unsafe;
  return answer.records;
}

const ofDirectory: ReadonlySet<string> = new Set([
  "directory",
  "name",
  "link",
  "stat",
  "digest",
  "unreadable",
  "folder",
  "unsafe",
  "works-as",
  "access",
]);

// What only others asked for is left out.
function answerTo({ digests, directories }: NodeQuestion, records: readonly AnswerRecord[]): readonly AnswerRecord[] {
  return records.filter(([key, about = ""]) => {
    if (key === "verified") return digests.includes(about);
    return !ofDirectory.has(key) || directories.includes(about);
  });
}
