import { Inflater } from "./inflate";
import { Scratch } from "./scratch";

/** What unpacks one entry after the other: two at a time need two of it. Whoever made it closes it. */
export class Unpacker {
  readonly scratch = new Scratch();
  readonly inflater: Inflater;

  /** @param where entries are unpacked: on the thread pool, so that this thread can do something else; or here, if all processors are busy. */
  constructor(where: "in-pool" | "here" = "in-pool") {
    this.inflater = new Inflater(where);
  }

  close(): void {
    this.inflater.close();
  }
}
