import deliver from "./deliver.sh";
import failing from "./failing.sh";
import { folders } from "./folders";
import sums from "./sums.sh";
import tree from "./tree.sh";

/** Sees to it that the store holds packages, verified. */
export const deliverScript = folders + sums + failing + tree + deliver;
