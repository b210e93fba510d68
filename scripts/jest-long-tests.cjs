// Tests that start servers or the engine; jest has no time limit per project.
jest.setTimeout(300_000);
// On a busy machine a server may start late once: the failure is printed, and the test has one more try.
if (process.env.CI !== undefined) jest.retryTimes(1, { logErrorsBeforeRetry: true });
