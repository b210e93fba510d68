import { folders } from "../files/folders";
import forget from "./linux.sh";

/** Removes the record of a server that has nothing of ours any more. */
export const forgetScript = folders + forget;
