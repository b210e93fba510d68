import { textOfBytes } from "../script/text-of-bytes";

const utf8 = new TextDecoder("utf-8", { fatal: true });

// https://encoding.spec.whatwg.org/#names-and-labels, by the numbers that Windows gives them.
const named: Readonly<Record<string, string>> = { "932": "shift_jis", "936": "gbk", "949": "euc-kr", "950": "big5" };

/**
 * Text that a program of a Windows machine printed: UTF-8, to which every command line is switched, or else in the ANSI code
 * page, which a program with its output in a pipe may use all the same. Line ends become "\n".
 */
export function decodeText(bytes: Buffer, ansiCodePage: string | undefined): string {
  return decode(bytes, ansiCodePage).replaceAll("\r\n", "\n");
}

function decode(bytes: Buffer, ansiCodePage: string | undefined): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return ansiCodePage === undefined ? textOfBytes(bytes) : decodeAnsi(bytes, ansiCodePage);
  }
}

function decodeAnsi(bytes: Buffer, codePage: string): string {
  try {
    return new TextDecoder(named[codePage] ?? `windows-${codePage}`).decode(bytes);
  } catch {
    return textOfBytes(bytes);
  }
}
