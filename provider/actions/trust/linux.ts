import installation from "../../tsm/installation.sh";
import { folders } from "../files/folders";
import trust from "./linux.sh";

/** Sends what the node's Tableau Server trusts: the cacerts of its JRE, its blocked.certs and its java.security. It changes nothing. */
export const trustScript = folders + installation + trust;
