import place from "./unix.sh";
import { inTwo } from "../files/portable";

/** Puts one file in its place by one rename. */
export const placeFileScript = inTwo('work_at "$1" "$@"\n', place);
