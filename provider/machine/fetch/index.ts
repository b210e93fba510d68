import { type Fetch, fetch } from "../../actions/fetch";
import { inTwo } from "../files/portable";
import script from "./unix.sh";

const first = 'limit=$1\nshift 2\nwork_at "$1" "$limit" "$1"\nshift\nfor path do emit later "$path"; done\nemit end\n';

/** Sends the bytes of the first of several files of a machine, and leaves the others for another time: there are few. */
export const fetchFromMachine: Fetch = { ...fetch, as: "login", linux: inTwo(first, script) };
