const mark = "pulumi-tableau: shown at the resource";
let isListening = false;

/**
 * An error with this sentence that Pulumi's dynamic-provider server hands to the engine, which shows it at the resource, and does not print a
 * second time: for check, diff, read and delete the server writes `${error}: ${error.stack}` to standard error, and the engine shows that
 * at the stack.
 */
export function quietError(message: string): Error {
  listen();
  const error = new Error(message);
  error.stack = "";
  return Object.defineProperty(error, "toString", { value: () => mark });
}

// Only what is made of such an error is left out: the process serves every dynamic resource of the program.
function listen(): void {
  if (isListening) return;
  isListening = true;
  /* eslint-disable no-console -- this is where the server prints */
  const print = console.error.bind(console);
  console.error = (...values: unknown[]): void => {
    if (values.length !== 1 || values[0] !== `${mark}: `) print(...values);
  };
  /* eslint-enable no-console */
}
