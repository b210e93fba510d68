// How every script of this repository begins and ends, in plain Node without dependencies; CommonJS, since scripts of both kinds load it.

/**
 * Runs what a script does; it ends with the status that `work` gives (nothing: 0), and with 1 if anything throws, or if the process
 * ends before `work` does. A top-level `await` does not hold that by itself: see {@link withoutStrayListeners}.
 */
exports.runMain = async function runMain(work) {
  process.exitCode = 1;
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    // Something that was begun, such as a child process, must not keep a failed script alive.
    process.exit(1);
  }
};

const events = ["uncaughtException", "unhandledRejection"];

/**
 * Runs an operation of Pulumi's Automation API. After a program that failed its listeners for errors that nobody catches stay in the
 * process (a resource that waits for the failed one never ends, and with it the wait that would remove them): they would swallow every
 * such error from then on, and the process would end with status 0.
 */
exports.withoutStrayListeners = async function withoutStrayListeners(operation) {
  const before = events.map((event) => process.listeners(event));
  try {
    return await operation();
  } finally {
    events.forEach((event, i) => {
      for (const listener of process.listeners(event)) if (!before[i].includes(listener)) process.off(event, listener);
    });
  }
};
