import fetch from "./fetch.sh";
import { folders } from "./folders";

/** Sends the bytes of files of a node. */
export const fetchScript = folders + fetch;
