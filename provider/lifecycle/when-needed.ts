import { lazily } from "./lazily";
import type { OnNodes } from "./lifecycle";

/** What reaches nodes or machines, loaded when one of its operations is called for the first time. */
export function whenNeeded(load: () => OnNodes): OnNodes {
  const there = lazily(load);
  return {
    create: (inputs) => there().create(inputs),
    read: (id, olds) => there().read(id, olds),
    update: (id, olds, news) => there().update(id, olds, news),
    delete: (id, olds) => there().delete(id, olds),
  };
}
