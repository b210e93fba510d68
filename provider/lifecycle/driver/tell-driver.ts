import type { Properties } from "../lifecycle";
import { isOnMachine } from "./driver-inputs";
import { tellOnMachine } from "./tell-on-machine";
import { tellOnServer } from "./tell-on-server";

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellDriver(olds: Properties | null, news: Properties): string | null {
  return isOnMachine(news) ? tellOnMachine(olds, news) : tellOnServer(olds, news);
}
