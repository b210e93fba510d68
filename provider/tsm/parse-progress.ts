import { cleanLines } from "./clean-lines";

/** The lines of a job's output that are surely progress, cleaned. tsm separates them by CR on a terminal, by LF elsewhere. */
export function parseProgress(text: string): readonly string[] {
  return cleanLines(text)
    .map((line) => line.text.trim())
    .filter(isProgress);
}

/** Only what is known to be progress: any other line could hold the value of a key. */
export function isProgress(line: string): boolean {
  return line.length <= 200 && sentences.some((sentence) => sentence.test(line));
}

const sentences: readonly RegExp[] = [
  /^\d{1,3}% - [^=:'"]*$/,
  /^Starting [a-z]+ asynchronous job\.?$/i,
  /^Job id is '?\d+'?, timeout is [\d.,]+ minutes?\.?$/i,
  /^Successfully deployed nodes with updated configuration and topology version\.?$/i,
  /^Cancell?ing job to avoid restarting server\.?$/i,
  /^(?:Starting|Stopping|Restarting) (?:service|services|server|Tableau Server)\.*$/i,
  /^(?:Service|Services|Server|Tableau Server) (?:was|were) (?:started|stopped|restarted)(?: successfully)?\.?$/i,
];
