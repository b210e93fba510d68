/** One line of an answer, with its number in what tsm printed. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of an answer that mean something: without colours and control characters, blanks at the end (tsm overwrites its
 * progress line on a terminal), empty lines, and the noise of the shell, of Java and of the login question.
 */
export function cleanLines(text: string): readonly Line[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: cleanLine(line) }))
    .filter((line) => line.text.trim() !== "" && !noise.some((pattern) => pattern.test(line.text)));
}

/** One line without escape sequences, control characters and blanks at its end. */
function cleanLine(line: string): string {
  return line.replace(escapeSequence, "").replace(controlCharacter, "").trimEnd();
}

const escapeSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;

const noise: readonly RegExp[] = [
  /^\S+: (?:line \d+: )?warning: setlocale: \w+: cannot change locale/,
  /^Picked up _?JAVA_(?:TOOL_)?OPTIONS: /,
  /^(?:OpenJDK|Java HotSpot\(TM\)|Java) .{0,40}VM warning: /,
  /^WARNING: (?:An illegal reflective access|Illegal reflective access|Please consider reporting this|Use --illegal-access=|All illegal access operations)/,
  /^(?:SLF4J|log4j:WARN|ERROR StatusLogger|WARN StatusLogger)/,
  /^Logging in as user '.*' since no --username flag was given\.$/,
];
