import way from "../../host/way.sh";
import folderFunctions from "./folders.sh";

/** For scripts that work in folders: whose they are, and how to work in those of others. */
export const folders = way + folderFunctions;
