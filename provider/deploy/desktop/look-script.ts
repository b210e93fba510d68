import find from "./find-connectors.sh";
import look from "./look.sh";
import { inTwo } from "./portable";
import runningProgram from "./running-program.sh";

/** Finds the folder that a product reads connectors from, and looks at it. Changes nothing. */
export const lookScript = inTwo(find, `${look}${runningProgram}emit end\n`);
