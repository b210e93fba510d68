/** The characters behind ASCII of the code pages that consoles of English and of German Windows have. */
const upperHalves: Readonly<Record<number, string>> = {
  437: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  850: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
};

const utf8 = 65001;

/** Whether a console can be switched to it. */
export function isCodePage(number: number): boolean {
  return number === utf8 || Object.hasOwn(upperHalves, number);
}

/** A text as a console of this code page writes it. What the code page does not have becomes a question mark. */
export function encodeText(text: string, codePage: number): Buffer {
  const upperHalf = upperHalves[codePage];
  if (upperHalf === undefined) return Buffer.from(text, "utf8");
  return Buffer.from(
    Array.from(text, (char) => {
      const code = char.codePointAt(0) ?? 0;
      if (code < 0x80) return code;
      const position = upperHalf.indexOf(char);
      return position < 0 ? 0x3f : 0x80 + position;
    }),
  );
}
