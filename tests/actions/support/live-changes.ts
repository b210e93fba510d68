import type { LiveChange } from "../../../provider/actions/place";

/** Changes of live files as sh gets them: five words for each, "-" for what is not there. */
export function liveChanges(words: readonly string[]): LiveChange[] {
  return Array.from({ length: words.length / 5 }, (_, i) => {
    const [kind = "", directory = "", fileName = "", sha256 = "", was = ""] = words.slice(i * 5, i * 5 + 5);
    const orNull = (word: string): string | null => (word === "-" ? null : word);
    return { kind: kind as LiveChange["kind"], directory, fileName: orNull(fileName), sha256: orNull(sha256), was: orNull(was) };
  });
}
