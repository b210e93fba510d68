import type { Random } from "./random";

const interesting = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x30, 0x31, 0x0a, 0x0d, 0x3a];

/** Changes some bytes, or how many there are. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let mutant = Buffer.from(bytes);
  for (let left = 1 + random.below(3); left > 0; left--) {
    mutant = Buffer.from(pick(mutant, random));
  }
  return mutant;
}

function pick(bytes: Buffer, random: Random): Buffer {
  const at = random.below(Math.max(bytes.length, 1));
  const span = 1 + random.below(8);
  switch (random.below(7)) {
    case 0:
      return set(bytes, at, (bytes[at] ?? 0) ^ (1 << random.below(8)));
    case 1:
      return set(bytes, at, random.pick(interesting));
    case 2:
      return set(bytes, at, random.below(256));
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + span)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), random.bytes(span), bytes.subarray(at)]);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + span), bytes.subarray(at)]);
    default:
      return set(bytes, at, ((bytes[at] ?? 0) + random.pick([1, -1, 2, 16])) & 0xff);
  }
}

function set(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  if (at < copy.length) {
    copy[at] = value;
  }
  return copy;
}
