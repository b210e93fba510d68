/**
 * Decodes an XML file: by its byte order mark, else by the encoding that its declaration names, else as UTF-8
 * (XML 1.0, appendix F). Bytes that the encoding does not allow are an error, never replaced.
 *
 * @throws Error with one sentence that says what is wrong.
 */
export function decodeXml(bytes: Buffer): string {
  const mark = byteOrderMarks.find(({ bytes: start }) => bytes.subarray(0, start.length).equals(start));
  const encoding = mark?.encoding ?? declaredEncoding(bytes);
  if (!supported.has(encoding)) {
    throw new Error(`it is encoded as ${JSON.stringify(encoding.slice(0, 40))}, expected UTF-8`);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`it has bytes that are not ${encoding}`, { cause });
  }
}

const byteOrderMarks = [
  { bytes: Buffer.from([0xef, 0xbb, 0xbf]), encoding: "utf-8" },
  { bytes: Buffer.from([0xff, 0xfe]), encoding: "utf-16le" },
  { bytes: Buffer.from([0xfe, 0xff]), encoding: "utf-16be" },
];

const supported = new Set(["utf-8", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1", "windows-1252"]);

function declaredEncoding(bytes: Buffer): string {
  const start = bytes.subarray(0, 200).toString("latin1");
  const declared = /^<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(start)?.[1]?.toLowerCase() ?? "utf-8";
  return declared === "utf8" ? "utf-8" : declared;
}
