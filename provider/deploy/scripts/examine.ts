import examine from "./examine.sh";
import { folders } from "./folders";

/** Says whether folders could be written, without writing, and which programs are missing. */
export const examineScript = folders + examine;
