import { inTwo } from "./portable";
import remove from "./remove-file.sh";

/** Takes one file away, if it is still ours. */
export const removeFileScript = inTwo('work_at "$1" "$@"\n', remove);
