import find from "./find-drivers.sh";
import look from "./look-at-driver.sh";
import { inTwo } from "./portable";
import runningProgram from "./running-program.sh";

/** Looks at one file in the folder that a product reads its JDBC drivers from. Changes nothing. */
export const lookAtDriverScript = inTwo(find, `${look}${runningProgram}emit end\n`);
