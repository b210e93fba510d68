import examine from "./linux.sh";
import { folders } from "../files/folders";

/** Says whether folders could be written, without writing, and which programs are missing. */
export const examineScript = folders + examine;
