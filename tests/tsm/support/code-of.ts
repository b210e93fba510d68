import { TableauError } from "../../../provider/vocabulary/error";

/** The code of one of our errors; another error as it is. */
export function codeOf(error: unknown): unknown {
  return error instanceof TableauError ? error.code : error;
}
