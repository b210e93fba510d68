import { arg, type Values } from "../arguments";

/** One change of a live file, as a node hears of it. */
export const change = {
  kind: arg.word<"place" | "retire" | "open" | "mend">(),
  directory: arg.path,
  /** null: it is the directory itself that is opened. */
  fileName: arg.orNull(arg.text, "-"),
  /** Of what is to be there. */
  sha256: arg.orNull(arg.sha256, "-"),
  /** What was seen there, null: nothing. Of `mend`: the user that it is to belong to, null: it keeps its owner. */
  was: arg.orNull(arg.text, "-"),
};

/** One change of a live file. */
export type LiveChange = Values<typeof change>;
