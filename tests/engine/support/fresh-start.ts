import Module from "node:module";

/**
 * Records the state of this process, and returns a function that restores it: modules that were loaded since are unloaded, so that the next
 * program loads them again, and globals, listeners and environment variables that a program added are removed.
 */
export function freshStart(loaded: NodeJS.Dict<NodeJS.Module>): () => void {
  const modules = new Set(Object.keys(loaded));
  const globals = new Set(Reflect.ownKeys(globalThis));
  const events: NodeJS.EventEmitter = process;
  const heard = new Set(events.eventNames());
  const environment = { ...process.env };
  return () => {
    // Native parts cannot be loaded twice.
    remove(loaded, (file) => !modules.has(file) && !file.endsWith(".node"));
    // Which file a name has led to: another may lie there now.
    remove(Reflect.get(Module, "_pathCache"), () => true);
    for (const name of Reflect.ownKeys(globalThis)) if (!globals.has(name)) Reflect.deleteProperty(globalThis, name);
    for (const name of events.eventNames()) if (!heard.has(name)) events.removeAllListeners(name);
    remove(process.env, (name) => !(name in environment));
    Object.assign(process.env, environment);
  };
}

function remove(from: unknown, isUnwanted: (key: string) => boolean): void {
  if (typeof from !== "object" || from === null) throw new Error("There is nothing to remove from.");
  for (const key of Object.keys(from)) if (isUnwanted(key)) Reflect.deleteProperty(from, key);
}
