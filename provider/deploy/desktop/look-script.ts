import script from "./look.sh";
import runningProgram from "./running-program.sh";
import { portable } from "./portable";

/**
 * Finds the folder that a product reads connectors from, and looks at it. Changes nothing.
 *
 * $1 product, $2 the repository that the program names ("": find it), $3 the file's name.
 *
 * A repository that was made under another language has another name: it is known by its Preferences.tps.
 */
export const lookScript = `${portable}${script}${runningProgram}emit end\n`;
