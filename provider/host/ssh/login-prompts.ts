import type { KeyboardInteractiveAuthMethod, Prompt } from "ssh2";
import { printable } from "../../vocabulary/printable";

// How PAM asks for a password in the languages that it was translated into most: https://github.com/linux-pam/linux-pam/tree/master/po
const password =
  /\b(?:password|passwort|kennwort|wachtwoord|contraseña|senha|palavra-passe|lösenord|adgangskode|passord|salasana|jelszó|heslo|hasło|parola)\b|mot de passe|пароль|パスワード|密码|密碼|口令|암호|비밀번호/iu;
const code =
  /one[ -]?time|\botp\b|\boath\b|\b[ht]otp\b|verification|authenticator|\bcode\b|\btoken\b|passcode|\bpin\b|\bduo\b|yubikey|second factor|\b2fa\b|\bmfa\b/iu;
const change = /\bnew\b|\bretype\b|\bre-enter\b|\bcurrent\b|\bold\b|\bchange\b|\bexpired\b|\bagain\b|neues|nouveau|nueva/iu;

/** What a server asked for at the login. */
export type Asked = "password" | "code" | "new password" | "something else";

/**
 * What the questions of one round are about. Only one that is alone, is not echoed and names a password asks for the password: a
 * password must not be given as a code, or to a question that nobody has understood.
 */
function whatIsAsked(name: string, instructions: string, prompts: readonly Prompt[]): Asked {
  const all = [name, instructions, ...prompts.map(({ prompt }) => prompt)].join(" ");
  const [first] = prompts;
  if (first === undefined) return "something else";
  if (prompts.some(({ prompt }) => change.test(prompt)) || /\bexpired\b|must be changed|required to change/iu.test(all)) {
    return "new password";
  }
  if (code.test(all)) return "code";
  return prompts.length === 1 && first.echo !== true && password.test(first.prompt) ? "password" : "something else";
}

/** Answers the questions of a server: the password once, to a question for it, and nothing to any other. */
export function answerPrompts(secret: string, note: (asked: Asked, text: string) => void): KeyboardInteractiveAuthMethod["prompt"] {
  let given = false;
  return (name, instructions, _language, prompts, finish) => {
    const asked = whatIsAsked(name, instructions, prompts);
    const answers = asked === "password" && !given;
    if (answers) given = true;
    else if (asked !== "password") note(asked, shown([instructions, ...prompts.map(({ prompt }) => prompt)].join(" ")));
    // An empty answer makes the server refuse, so that the next method gets its turn.
    finish(prompts.map(() => (answers ? secret : "")));
  };
}

function shown(text: string): string {
  return printable(text).replaceAll("\n", " ").trim().slice(0, 200);
}
