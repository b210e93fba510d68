import { checkTrailer } from "../../../provider/taco/zip/data-descriptor";
import { entryOf, told } from "./entries";
import { number } from "./records";

const signature = 0x08074b50;
const entry = entryOf({ crc: 0x11223344, compressedSize: 7, size: 5 });
const plain = (crc = entry.crc, compressedSize = entry.compressedSize, size = entry.size): Buffer =>
  Buffer.concat([number(crc, 4), number(compressedSize, 4), number(size, 4)]);
const signed = (...fields: readonly [number?, number?, number?]): Buffer => Buffer.concat([number(signature, 4), plain(...fields)]);
const wide = Buffer.concat([number(entry.crc, 4), number(entry.compressedSize, 8), number(entry.size, 8)]);

it("lets nothing follow an entry that announces nothing", () => {
  expect(checkTrailer(Buffer.alloc(0), entry, "nothing")).toEqual([]);
  expect(told(checkTrailer(Buffer.alloc(1), entry, "nothing"))).toEqual(["zip-gap a"]);
  expect(told(checkTrailer(signed(), entry, "nothing"))).toEqual(["zip-gap a"]);
});

it.each<[string, Buffer]>([
  ["with its signature", signed()],
  ["without a signature", plain()],
])("takes a descriptor %s", (_, trailer) => {
  expect(checkTrailer(trailer, entry, "descriptor")).toEqual([]);
});

it.each<[string, Buffer]>([
  ["nothing", Buffer.alloc(0)],
  ["the signature alone", number(signature, 4)],
  ["a descriptor that is cut", plain().subarray(0, 11)],
  ["a descriptor and a byte", Buffer.concat([plain(), Buffer.alloc(1)])],
  ["a signed descriptor that is cut", signed().subarray(0, 15)],
  ["a signed descriptor and a byte", Buffer.concat([signed(), Buffer.alloc(1)])],
  ["sizes of 8 bytes", wide],
  ["sizes of 8 bytes with a signature", Buffer.concat([number(signature, 4), wide])],
  ["another signature", Buffer.concat([number(signature + 1, 4), plain()])],
  ["another CRC", plain(1)],
  ["another packed size", plain(entry.crc, 8)],
  ["another size", plain(entry.crc, 7, 6)],
  ["another CRC behind the signature", signed(1)],
  ["another packed size behind the signature", signed(entry.crc, 8)],
  ["another size behind the signature", signed(entry.crc, 7, 6)],
])("refuses %s where a descriptor was announced", (_, trailer) => {
  expect(told(checkTrailer(trailer, entry, "descriptor"))).toEqual(["zip-descriptor a"]);
});

it("takes a CRC that looks like the signature only behind a signature", () => {
  const odd = entryOf({ crc: signature, compressedSize: 7, size: 5 });
  expect(told(checkTrailer(plain(signature), odd, "descriptor"))).toEqual(["zip-descriptor a"]);
  expect(checkTrailer(signed(signature), odd, "descriptor")).toEqual([]);
});
