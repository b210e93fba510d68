import { hostname, userInfo } from "node:os";

/** Who holds a server's lock while a command works on it, for whoever waits. */
export function whoRuns(command: string): string {
  return `pulumi-tableau ${command} by ${userInfo().username} on ${hostname()}`;
}
