import script from "./look-at-driver.sh";
import runningProgram from "./running-program.sh";
import { portable } from "./portable";

/**
 * Looks at one file in the folder that a product reads its JDBC drivers from. Changes nothing.
 *
 * $1 product, $2 the folder that the program names ("": that of the system), $3 the file's name.
 *
 * @see https://help.tableau.com/current/pro/desktop/en-us/examples_otherdatabases_jdbc.htm
 */
export const lookAtDriverScript = `${portable}${script}${runningProgram}emit end\n`;
