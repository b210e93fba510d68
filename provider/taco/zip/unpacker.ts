import { Inflater } from "./inflate";
import { Scratch } from "./scratch";

/** What unpacks one entry after the other: two at a time need two of it. Whoever made it closes it. */
export class Unpacker {
  readonly scratch = new Scratch();
  readonly inflater = new Inflater();

  close(): void {
    this.inflater.close();
  }
}
