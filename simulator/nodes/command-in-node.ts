import type { CommandFor } from "./builtin-ssh-server";
import type { Control } from "./control";

// What sshd does: a small environment, the home folder, then the user's shell with the command line. bash reads .bashrc
// then, since SSH_CLIENT says that it was started by an ssh server.
const start = 'cd "$HOME" || cd /; umask "$1"; exec "$SHELL" -c "$2"';

/** Runs command lines inside a node as one of its users, as an ssh server does. */
export function commandInNode(control: Control): CommandFor {
  const namespaces = `/proc/${control.pid}/ns`;
  const enter = [`--mount=${namespaces}/mnt`, `--pid=${namespaces}/pid_for_children`];
  return (user, commandLine, umask) => {
    const environment = [
      `HOME=/home/${user}`,
      `USER=${user}`,
      `LOGNAME=${user}`,
      "SHELL=/bin/bash",
      "PATH=/usr/local/bin:/usr/bin:/bin:/usr/games",
      "SSH_CLIENT=127.0.0.1 0 0",
      "SSH_CONNECTION=127.0.0.1 0 127.0.0.1 0",
    ];
    const run = ["env", "-i", ...environment, "/bin/sh", "-c", start, "sh", umask, commandLine];
    if (control.isolation === "user") return ["nsenter", `--user=${namespaces}/user`, "--preserve-credentials", ...enter, ...run];
    return ["nsenter", ...enter, "setpriv", "--reuid", user, "--regid", user, "--init-groups", ...run];
  };
}
