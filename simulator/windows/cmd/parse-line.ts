/** `2>nul`, `9>"C:\file"`, `2>&1`, `<file` */
export interface Redirection {
  readonly handle: number;
  readonly kind: "read" | "write" | "append" | "duplicate";
  /** A file as it was written, without quotes; for "duplicate" the number of the other handle. */
  readonly target: string;
}

export type Command =
  | { readonly kind: "simple"; readonly text: string; readonly redirections: readonly Redirection[] }
  | { readonly kind: "group"; readonly body: Command; readonly redirections: readonly Redirection[] }
  | { readonly kind: "&" | "&&" | "||" | "|"; readonly left: Command; readonly right: Command };

/** What cmd.exe does not understand: it says so and runs nothing of the line. */
export class SyntaxError extends Error {}

/**
 * The second thing that cmd.exe does to a line: quotes, carets, operators, redirections. What is between quotes is plain
 * text, a caret makes the next character plain and goes, and the line ends at the first line feed.
 */
export function parseLine(line: string): Command | undefined {
  const parser = new LineParser(line.split("\n", 1)[0]?.replaceAll("\r", "") ?? "");
  return parser.whole();
}

const separators = " \t,;=";

class LineParser {
  readonly #line: string;
  #at = 0;
  #depth = 0;

  constructor(line: string) {
    this.#line = line;
  }

  whole(): Command | undefined {
    this.#skip(`${separators}@`);
    return this.#at >= this.#line.length ? undefined : this.#sequence();
  }

  #sequence(): Command {
    const left = this.#joined("||", () => this.#joined("&&", () => this.#joined("|", () => this.#unit())));
    if (!this.#take("&")) return left;
    this.#skip(`${separators}@`);
    // A last `&` with nothing behind it is harmless.
    if (this.#at >= this.#line.length || this.#line[this.#at] === ")") return left;
    return { kind: "&", left, right: this.#sequence() };
  }

  #joined(operator: "&&" | "||" | "|", part: () => Command): Command {
    let left = part();
    while (this.#isAt(operator)) {
      this.#at += operator.length;
      left = { kind: operator, left, right: part() };
    }
    return left;
  }

  #isAt(operator: "&&" | "||" | "|"): boolean {
    return this.#line.startsWith(operator, this.#at) && (operator !== "|" || this.#line[this.#at + 1] !== "|");
  }

  #unit(): Command {
    this.#skip(`${separators}@`);
    return this.#line[this.#at] === "(" ? this.#group() : this.#simple();
  }

  #group(): Command {
    this.#at++;
    this.#depth++;
    const body = this.#sequence();
    if (!this.#take(")")) throw new SyntaxError("");
    this.#depth--;
    const redirections: Redirection[] = [];
    for (;;) {
      this.#skip(separators);
      const found = /^(\d?)[<>]/.exec(this.#line.slice(this.#at));
      if (found === null) return { kind: "group", body, redirections };
      this.#at += found[1]?.length ?? 0;
      redirections.push(this.#redirection(found[1] ?? ""));
    }
  }

  #simple(): Command {
    const redirections: Redirection[] = [];
    let text = "";
    let quoted = false;
    for (let char = this.#line[this.#at]; char !== undefined; char = this.#line[this.#at]) {
      if (char === '"') quoted = !quoted;
      else if (!quoted && char === "^") {
        text += this.#line[this.#at + 1] ?? "";
        this.#at += 2;
        continue;
      } else if (!quoted && (char === "&" || char === "|" || (char === ")" && this.#depth > 0))) break;
      else if (!quoted && (char === "<" || char === ">")) {
        const digit = /(?:^|[ \t,;=])(\d)$/.exec(text)?.[1] ?? "";
        text = text.slice(0, text.length - digit.length);
        redirections.push(this.#redirection(digit));
        continue;
      }
      text += char;
      this.#at++;
    }
    if (text.trim() === "" && redirections.length === 0) throw new SyntaxError(this.#line[this.#at] ?? "");
    return { kind: "simple", text, redirections };
  }

  #redirection(digit: string): Redirection {
    const sign = this.#line[this.#at++] ?? "";
    const append = sign === ">" && this.#take(">");
    const handle = digit === "" ? (sign === "<" ? 0 : 1) : Number(digit);
    if (this.#take("&")) return { handle, kind: "duplicate", target: this.#line[this.#at++] ?? "" };
    this.#skip(separators);
    const target = this.#word();
    if (target === "") throw new SyntaxError(this.#line[this.#at] ?? "");
    return { handle, kind: sign === "<" ? "read" : append ? "append" : "write", target };
  }

  #word(): string {
    let word = "";
    let quoted = false;
    for (let char = this.#line[this.#at]; char !== undefined; char = this.#line[++this.#at]) {
      if (char === '"') quoted = !quoted;
      else if (!quoted && `${separators}&|<>()`.includes(char)) break;
      else word += char;
    }
    return word;
  }

  #skip(characters: string): void {
    while (this.#at < this.#line.length && characters.includes(this.#line[this.#at] ?? "")) this.#at++;
  }

  #take(text: string): boolean {
    if (!this.#line.startsWith(text, this.#at) || (text === "&" && this.#line[this.#at + 1] === "&")) return false;
    this.#at += text.length;
    return true;
  }
}
