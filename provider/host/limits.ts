/**
 * Bounds of everything that comes from a node, so that no node can fill this machine's memory. What is held is counted as it
 * lies in memory: a record and a field cost something however short they are.
 *
 * A record may be as long as a Base64 field of a 64 MB file. Noise is what a login shell or a background process prints
 * around the records; more of it than this is no banner. The same goes for standard error.
 */
export const answerLimits = {
  recordBytes: 96 * 1024 * 1024,
  fields: 1024,
  heldBytes: 10 * 1024 * 1024,
  /** Of one field with letters beyond ASCII, two for each byte: a manifest has some kB, the record of a server 300 bytes for each file. */
  hexCharacters: 5 * 1024 * 1024,
  /** Lines of one text: splitting it makes one string for each line. */
  textLines: 100_000,
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

/** Shells that one node keeps for one user of it. More scripts at the same time get shells that end with them. */
export const keptShellsPerUser = 2;

/** Longest standard input, in bytes, that is written into the program of a kept shell. */
export const keptShellInputLimit = 64 * 1024;

/** Largest file of this machine that is read whole for a connection. */
export const localFileBytes = 16 * 1024 * 1024;

/**
 * Every wait for somebody else, in seconds, beside those that the program sets (`timeouts`, `perDialTimeout`). docs/hosts.md has them
 * as a table; a test compares it with these, and another has a silent peer at each of them.
 */
export const waits = {
  /** For a file of this machine: known_hosts, a private key. */
  localFile: 20,
  /** For one answer of an SSH agent, which may ask its user first. */
  agent: 20,
  /** For one attempt to connect where `perDialTimeout` is 0. */
  longestDial: 600,
  /** For the login: at least so long, since it may wait for a directory server; sshd itself allows two minutes (LoginGraceTime). */
  login: 30,
  /** Until a server has opened a session and taken the command or the subsystem for it. */
  session: 30,
  /** Until a session that was closed has ended; then it is given up. */
  sessionEnd: 30,
  /** Until a shell that was told to end has ended; then it is given up. */
  shellEnd: 2,
  /** For both outputs to close after the end mark: what still runs in the background may hold them open for ever. */
  afterEndMark: 1,
  /** How often a connection is asked for a sign of life; after four times without one it is lost. */
  keepAlive: 15,
  /** Until a kept shell that is given nothing ends: no root shell waits on a node while other resources are made for hours. */
  keptShellIdle: 60,
  /** For one answer over SFTP. */
  sftp: 60,
  /** For a file on Windows to be held or let go. */
  heldFile: 30,
  /** For the first word about the lock of a server; and beyond `timeouts.restart`, for which its script waits for the lock. */
  lockAnswer: 60,
} as const;

export type Waits = { readonly [K in keyof typeof waits]: number };
