import fetch from "./linux.sh";
import { folders } from "../files/folders";

/** Sends the bytes of files of a node. */
export const fetchScript = folders + fetch;
