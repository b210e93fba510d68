import type { CentralEntry, ZipProblem } from "./zip.types";

/** One extra field of a header (APPNOTE 4.5): a number that says what it is, and its data. */
export interface ExtraField {
  readonly tag: number;
  readonly data: Buffer;
}

export const zip64Tag = 0x0001;

interface Rule {
  /** Whether the data has the form that this field has in that header. */
  readonly fits: (data: Buffer, header: Header) => boolean;
  /** Whether what both headers say of it is the same. */
  readonly agree: (local: Buffer, central: Buffer) => boolean;
}

type Header = "local" | "central";

const always = (): boolean => true;
const same = (local: Buffer, central: Buffer): boolean => local.equals(central);

/**
 * The fields that a package may have: those that jar, jarsigner, Info-ZIP, the archive tool of macOS and 7-Zip write, none of which changes
 * what a file is called or what is in it. All others are refused, above all those that some readers take for another name of the file (Info-ZIP's
 * Unicode path 0x7075 and comment 0x6375), for the target of a link (0x756e, 0x000d), or for a key (0x9901, 0x0017).
 */
const rules: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  // Sizes, read with the header itself; what is left to judge here is the local one.
  [zip64Tag, { fits: (data, header) => header === "central" || data.length === 16, agree: always }],
  // NTFS: a reserved number, and one attribute that holds three times.
  [0x000a, { fits: (data) => data.length === 32 && data.readUInt32LE(4) === 0x0018_0001, agree: same }],
  // Times as Unix counts them; the flags say which, and the central header has the first alone.
  [0x5455, { fits: fitTimes, agree: agreeOnTimes }],
  // Info-ZIP's former times and owner; macOS still writes them. The central header has no owner.
  [0x5855, { fits: (data, header) => data.length === 8 || (header === "local" && data.length === 12), agree: agreeOnStart(8) }],
  [0x7855, { fits: (data, header) => data.length === 4 || (header === "central" && data.length === 0), agree: agreeOnStart(4) }],
  // Info-ZIP's owner: a version, and two numbers, each behind its length.
  [0x7875, { fits: fitsOwner, agree: same }],
  // What `jar` marks the first entry with.
  [0xcafe, { fits: (data) => data.length === 0, agree: same }],
]);

/** The fields in the bytes of a header; `rest` are bytes that make no field. */
export function splitExtra(extra: Buffer): { readonly fields: readonly ExtraField[]; readonly rest: number } {
  const fields: ExtraField[] = [];
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) {
      break;
    }
    fields.push({ tag: extra.readUInt16LE(at), data: extra.subarray(at + 4, end) });
    at = end;
  }
  return { fields, rest: extra.length - at };
}

/** Judges the extra fields of both headers of an entry, and compares them. */
export function checkExtraFields(localExtra: Buffer, entry: CentralEntry): ZipProblem[] {
  const [local, central] = [splitExtra(localExtra), splitExtra(entry.extra)];
  const reasons = [...judge(local, "local"), ...judge(central, "central")];
  const inCentral = new Map(central.fields.map(({ tag, data }) => [tag, data]));
  for (const { tag, data } of local.fields) {
    const other = inCentral.get(tag);
    if (other !== undefined && rules.get(tag)?.agree(data, other) === false) {
      reasons.push(`says something else in its two extra fields ${hex(tag)}`);
    }
  }
  return [...new Set(reasons)].map((reason) => ({
    code: "zip-extra-field",
    entry: entry.name,
    message: `${JSON.stringify(entry.name)} ${reason}.`,
  }));
}

function judge({ fields, rest }: ReturnType<typeof splitExtra>, header: Header): string[] {
  const reasons = rest === 0 ? [] : [`has ${rest} bytes in its ${header} header that are no extra field`];
  const seen = new Set<number>();
  for (const { tag, data } of fields) {
    const rule = rules.get(tag);
    if (rule === undefined) {
      reasons.push(`has the extra field ${hex(tag)}, which some readers may take for another name or other contents`);
    } else if (!rule.fits(data, header)) {
      reasons.push(`has an extra field ${hex(tag)} of an unusual form in its ${header} header`);
    } else if (seen.has(tag)) {
      reasons.push(`has the extra field ${hex(tag)} twice`);
    }
    seen.add(tag);
  }
  return reasons;
}

function fitTimes(data: Buffer, header: Header): boolean {
  const flags = data[0] ?? 0xff;
  const all = 1 + 4 * [1, 2, 4].filter((bit) => (flags & bit) !== 0).length;
  return flags <= 7 && (data.length === all || (header === "central" && data.length === ((flags & 1) === 0 ? 1 : 5)));
}

function agreeOnTimes(local: Buffer, central: Buffer): boolean {
  const common = Math.min(local.length, central.length, 5);
  return local.subarray(0, common).equals(central.subarray(0, common));
}

function agreeOnStart(length: number): (local: Buffer, central: Buffer) => boolean {
  return (local, central) => central.length === 0 || local.subarray(0, length).equals(central.subarray(0, length));
}

function fitsOwner(data: Buffer): boolean {
  const user = data[1] ?? 0;
  const group = data[2 + user] ?? 0;
  return data[0] === 1 && user >= 1 && user <= 8 && group >= 1 && group <= 8 && data.length === 3 + user + group;
}

function hex(tag: number): string {
  return `0x${tag.toString(16).padStart(4, "0")}`;
}
