import deliver from "./deliver.sh";
import failing from "./failing.sh";
import sums from "./sums.sh";
import tree from "./tree.sh";

/**
 * Sees to it that the store holds packages, verified. What it holds already and is sound stays.
 *
 * $1 state directory, then for each package five values: digest, size, class, version and file name. The folder of an
 * unpacked connector has the size `-`: its bytes are a line with the count of its files, and for each a line with size and
 * path and then its bytes. It answers
 * `wants DIGEST...` first, and then reads the bytes of those packages from standard input, one after the other. Each is
 * kept under its digest only if it has that digest: a cut upload ends here as a clean end of file and is thrown away. A
 * hundred packages start few more processes than one: a process costs more than its work.
 */
export const deliverScript = failing + sums + tree + deliver;
