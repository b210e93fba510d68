/**
 * Bounds of everything that comes from a node, so that no node can fill this machine's memory. What is held is counted as it
 * lies in memory: a record and a field cost something however short they are.
 *
 * A record may be as long as a Base64 field of a 48 MB file. Noise is what a login shell or a background process prints
 * around the records; more of it than this is no banner. The same goes for standard error.
 */
export const answerLimits = {
  recordBytes: 64 * 1024 * 1024,
  fields: 1024,
  heldBytes: 16 * 1024 * 1024,
  noiseBytes: 64 * 1024 * 1024,
  noiseKept: 2048,
  errorTextKept: 8192,
  errorTextLines: 20,
} as const;

export type AnswerLimits = { readonly [K in keyof typeof answerLimits]: number };

/** What a record and each of its fields take in memory beside their text. */
export const recordCost = 64;
export const fieldCost = 40;

/**
 * Longest command string sent to a node. The node's login shell gets it as one argument, and Linux allows 128 KiB for
 * one (MAX_ARG_STRLEN, https://man7.org/linux/man-pages/man2/execve.2.html).
 */
export const commandStringLimit = 120 * 1024;

/** Sessions at a time on one connection: sshd allows 10 (MaxSessions, https://man.openbsd.org/sshd_config#MaxSessions). */
export const sessionsPerConnection = 8;

/** How often a connection is asked for a sign of life; after four times without one it is lost. */
export const keepAliveSeconds = 15;

/** Shells that one node keeps for one user of it. More scripts at the same time get shells that end with them. */
export const keptShellsPerUser = 2;

/** A kept shell that is given nothing for so long ends: no root shell waits on a node while other resources are made for hours. */
export const keptShellIdleSeconds = 60;

/** Longest standard input, in bytes, that is written into the program of a kept shell. */
export const keptShellInputLimit = 64 * 1024;

/** Longest wait for a file of this machine: known_hosts, a private key. */
export const localFileSeconds = 20;

/** Largest file of this machine that is read whole for a connection. */
export const localFileBytes = 16 * 1024 * 1024;

/** Longest wait for one answer of an SSH agent, which may ask its user first. */
export const agentAnswerSeconds = 20;
