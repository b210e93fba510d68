import find from "../files/find-connectors.sh";
import look from "./unix.sh";
import { inTwo } from "../files/portable";
import runningProgram from "../files/running-program.sh";

/** Finds the folder that a product reads connectors from, and looks at it. Changes nothing. */
export const lookScript = inTwo(find, `${look}${runningProgram}emit end\n`);
