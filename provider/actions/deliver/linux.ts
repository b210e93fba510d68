import deliver from "./linux.sh";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";

/** Sees to it that the store holds packages, verified. */
export const deliverScript = folders + sums + failing + tree + deliver;
