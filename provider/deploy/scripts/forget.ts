import { folders } from "./folders";
import forget from "./forget.sh";

/** Removes the record of a server that has nothing of ours any more. */
export const forgetScript = folders + forget;
