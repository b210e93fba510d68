import { isCodePage } from "../cmd/code-pages";
import type { Program } from "../cmd/shell";
import { writeLine } from "../cmd/streams";
import type { WindowsMachine } from "../machine";
import { languages } from "./languages";

/** Tells or changes the console's code page. */
export function chcp({ switches }: WindowsMachine): Program {
  return ({ args, shell, streams }) => {
    const wanted = Number(args[0] ?? shell.codePage);
    if (!isCodePage(wanted)) {
      writeLine(streams, 2, "Invalid code page");
      return 1;
    }
    shell.codePage = wanted;
    const { activeCodePage } = languages[switches().windowsLanguage];
    writeLine(streams, 1, `${activeCodePage} ${wanted}${switches().windowsLanguage === "german" ? "." : ""}`);
    return 0;
  };
}
