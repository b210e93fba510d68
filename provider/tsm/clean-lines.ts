import { isNoise, isRemark } from "./noise";

/** One line of an answer, with its number in what tsm printed. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of an answer that mean something: without colours and control characters, blanks at the end (tsm overwrites its
 * progress line on a terminal), empty lines, and what is surely of another program.
 */
export function cleanLines(text: string): readonly Line[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: cleanLine(line) }))
    .filter((line) => line.text !== "" && !isNoise(line.text));
}

/** The clean lines of a list or a value: without the remarks of a log beside it. */
export function listLines(text: string): readonly Line[] {
  return cleanLines(text).filter((line) => !isRemark(line.text));
}

/**
 * The lines that answer: those on standard output or, where it says nothing, on standard error. Beside an answer, standard error holds
 * what Java, loggers, sudo and others have to say, which changes with every release of theirs, so it is not listened to.
 */
export function answerLines(answer: { readonly stdout: string; readonly stderr: string }): readonly Line[] {
  const output = listLines(answer.stdout);
  return output.length > 0 ? output : listLines(answer.stderr);
}

/** One line without escape sequences, control characters and blanks at its end. */
function cleanLine(line: string): string {
  return line.replace(escapeSequence, "").replace(controlCharacter, "").trimEnd();
}

const escapeSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;
