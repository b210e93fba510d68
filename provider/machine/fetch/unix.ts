import fetch from "./unix.sh";
import { inTwo } from "../files/portable";

/** Sends the bytes of the first of several files of a machine, and leaves the others for another time: there are few. */
export const machineFetchScript = inTwo(
  'limit=$1\nshift 2\nwork_at "$1" "$limit" "$1"\nshift\nfor path do emit later "$path"; done\nemit end\n',
  fetch,
);
