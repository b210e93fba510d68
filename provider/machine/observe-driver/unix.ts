import find from "../files/find-drivers.sh";
import look from "./unix.sh";
import { inTwo } from "../files/portable";
import runningProgram from "../files/running-program.sh";

/** Looks at one file in the folder that a product reads its JDBC drivers from. Changes nothing. */
export const lookAtDriverScript = inTwo(find, `${look}${runningProgram}emit end\n`);
