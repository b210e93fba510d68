import { isOurKey, isPrintableKey, tokensOf } from "./key-token";

/**
 * Whether a line is of a program around tsm and not of tsm: the shell, sudo, Java, its loggers, ssh. Each form is one that such a
 * program is known to print, so that no line of an answer is taken for it, on whichever stream it comes.
 */
export function isNoise(line: string): boolean {
  return forms.some((form) => form.test(line));
}

/**
 * Whether a line is a remark beside an answer: it begins with the level or the time of a log, or with the place in a script, and names
 * no key of Tableau. A log line may tell of a failure, so it is left out only where a list or a value is looked for.
 */
export function isRemark(line: string): boolean {
  return remarks.some((form) => form.test(line)) && !tokensOf(line).some((token) => isOurKey(token) || isPrintableKey(token));
}

const forms: readonly RegExp[] = [
  // Shells and perl, where the locale is missing on the node.
  /^\S+: (?:line \d+: )?warning: setlocale: \w+: cannot change locale/,
  /^perl: warning: (?:Setting locale failed|Please check that your locale settings|Falling back to )/,
  /^\s+(?:LANGUAGE|LANG|LC_\w+) = (?:"[^"]*"|\(unset\)),?$/,
  /^\s+are supported and installed on your system\.$/,
  /^(?:locale: Cannot set |manpath: can't set the locale)/,
  // sudo, and its lecture: https://www.sudo.ws/docs/man/sudoers.man/#lecture
  /^sudo: (?:unable to resolve host|unable to send audit message|setrlimit\()/,
  /^We trust you have received the usual lecture from the local System$/,
  /^Administrator\. It usually boils down to these three things:$/,
  /^\s*#(?:1\) Respect the privacy of others|2\) Think before you type|3\) With great power comes great responsibility)\.$/,
  /^For security reasons, the password you type will not be visible\.$/,
  // Java's own.
  /^(?:NOTE: )?Picked up _?(?:JAVA|JDK_JAVA)_(?:TOOL_)?OPTIONS: /,
  /^(?:OpenJDK|Java HotSpot\(TM\)|Java) .{0,40}VM warning: /,
  // Java 9 to 16: reflection into the JDK. https://openjdk.org/jeps/396
  /^WARNING: (?:An illegal reflective access|Illegal reflective access by|Please consider reporting this|Use --illegal-access=|All illegal access operations)/,
  // Java 17 to 23: https://openjdk.org/jeps/411, https://openjdk.org/jeps/451
  /^WARNING: (?:A terminally deprecated method in |A command line option has enabled the Security Manager|The Security Manager is deprecated)/,
  /^WARNING: (?:A Java agent has been loaded dynamically|If a serviceability tool is |Dynamic loading of agents will be disallowed)/,
  /^WARNING: (?:Using incubator modules?: |Unknown module: \S+ specified to |package \S+ not in )/,
  // Java 24: https://openjdk.org/jeps/472, https://openjdk.org/jeps/498
  /^WARNING: (?:A restricted method in |Use --enable-native-access=|Restricted methods will be blocked)/,
  /^WARNING: [\w.$]+::\w+ (?:has been called by |will be removed in a future release)/,
  // Loggers, of themselves.
  /^(?:SLF4J(?:\([A-Z]\))?|log4j)[: ]/,
  /^(?:\S+ \S+ )?(?:main )?(?:ERROR|WARN|INFO|DEBUG) StatusLogger /,
  /^\d\d:\d\d:\d\d,\d{3} \|-(?:INFO|WARN|ERROR) in /,
  // java.util.logging: a line of time, class and method; the message stands on the next.
  /^[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d [AP]M [\w.$]+ \S+$/,
  // ssh and the login.
  /^Warning: Permanently added /,
  /^\*\* (?:WARNING: connection is not using a post-quantum|This session may be vulnerable|The server may need to be upgraded)/,
  /^Last login: /,
  // tsm itself, before its question for a password.
  /^Logging in as user '.*' since no --username flag was given\.$/,
];

const remarks: readonly RegExp[] = [
  /^\W{0,3}(?:warning|warn|info|debug|trace|notice|note|severe)\b\W/i,
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S* .{0,60}?\b(?:WARN|INFO|DEBUG|TRACE|WARNING)\b/,
  /^\S+: line \d+: /,
];
