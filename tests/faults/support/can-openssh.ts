import { existsSync } from "node:fs";

/** Only root makes accounts and lets them become root. */
export const canSudo = process.getuid?.() === 0 && existsSync("/usr/bin/sudo");

export const canOpenSsh = canSudo && existsSync("/usr/sbin/sshd");
