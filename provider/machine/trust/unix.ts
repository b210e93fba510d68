import script from "./unix.sh";

/**
 * Sends what a program of Tableau on a Mac trusts: the cacerts of its JRE, its blocked.certs and its java.security.
 *
 * $1 product, $2 release ("": the newest), $3 the digest over the three that the caller knows already.
 *
 * @see https://github.com/tableau/connector-plugin-sdk/issues/903
 */
export const machineTrustScript = script;
