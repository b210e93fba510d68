import place from "./place-file.sh";
import { inTwo } from "./portable";

/** Puts one file in its place by one rename. */
export const placeFileScript = inTwo('work_at "$1" "$@"\n', place);
