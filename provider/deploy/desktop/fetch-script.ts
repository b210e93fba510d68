import fetch from "./fetch.sh";
import { inTwo } from "./portable";

/** Sends the bytes of files of a machine. */
export const machineFetchScript = inTwo('limit=$1\nshift\nfor path do work_at "$path" "$limit" "$path"; done\nemit end\n', fetch);
