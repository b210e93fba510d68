/** A command's name without quotes, and everything behind it as it was written. */
export function splitCommand(text: string): { readonly name: string; readonly rest: string } {
  const trimmed = text.trimStart();
  let end = 0;
  let quoted = false;
  for (; end < trimmed.length; end++) {
    const char = trimmed[end] ?? "";
    if (char === '"') quoted = !quoted;
    else if (!quoted && " \t,;=/".includes(char)) break;
  }
  // `echo.` and its like are known for a name that ends in a dot or a bracket.
  const glued = /^(echo|cd|md|rd)(?=[.:\\([\]+])/i.exec(trimmed)?.[1];
  const name = glued ?? trimmed.slice(0, end).replaceAll('"', "");
  return { name, rest: trimmed.slice(glued?.length ?? end) };
}
