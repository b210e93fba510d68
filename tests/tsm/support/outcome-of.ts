import { codeOf } from "./code-of";

/** What a parser makes of an answer: the value, or the code of its error. */
export function outcomeOf(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    return codeOf(error);
  }
}
