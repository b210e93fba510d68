/** Store, lock and record of a server; must be the same in every program for this server. */
export const defaultStateDirectory = "/var/opt/pulumi-tableau";
