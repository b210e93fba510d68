import fetch from "./linux.sh";
import folders from "../files/folders.sh";

/** Sends the bytes of files of a node. */
export const fetchScript = folders + fetch;
