import { inTwo } from "../files/portable";
import remove from "./unix.sh";

/** Takes one file away, if it is still ours. */
export const removeFileScript = inTwo('work_at "$1" "$@"\n', remove);
