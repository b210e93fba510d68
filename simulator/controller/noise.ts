import type { Switches } from "../switches";
import type { Console } from "./console";

type Noise = Exclude<Switches["noise"], "none">;

const jar = "file:/opt/tableau/tableau_server/packages/lib.20241.24.0312.1234/metrics-core.jar";

/** What programs around tsm print, word for word but for names of classes and files, which are of the kind that Tableau Server has. */
export const noiseLines: Readonly<Record<Noise, readonly string[]>> = {
  "java-11": [
    "WARNING: An illegal reflective access operation has occurred",
    `WARNING: Illegal reflective access by com.google.inject.internal.cglib.core.$ReflectUtils$1 (${jar}) to method java.lang.ClassLoader.defineClass(java.lang.String,byte[],int,int,java.security.ProtectionDomain)`,
    "WARNING: Please consider reporting this to the maintainers of com.google.inject.internal.cglib.core.$ReflectUtils$1",
    "WARNING: Use --illegal-access=warn to enable warnings of further illegal reflective access operations",
    "WARNING: All illegal access operations will be denied in a future release",
  ],
  "java-17": [
    "WARNING: A terminally deprecated method in java.lang.System has been called",
    `WARNING: System::setSecurityManager has been called by com.tableausoftware.tabadmin.Main (${jar})`,
    "WARNING: Please consider reporting this to the maintainers of com.tableausoftware.tabadmin.Main",
    "WARNING: System::setSecurityManager will be removed in a future release",
    "WARNING: Using incubator modules: jdk.incubator.vector",
  ],
  "java-21": [
    `WARNING: A Java agent has been loaded dynamically (${jar.slice("file:".length)})`,
    "WARNING: If a serviceability tool is in use, please run with -XX:+EnableDynamicAgentLoading to hide this warning",
    "WARNING: If a serviceability tool is not in use, please run with -Djdk.instrument.traceUsage for more information",
    "WARNING: Dynamic loading of agents will be disallowed by default in a future release",
    "OpenJDK 64-Bit Server VM warning: Sharing is only supported for boot loader classes because bootstrap classpath has been appended",
  ],
  "java-24": [
    "WARNING: A restricted method in java.lang.System has been called",
    `WARNING: java.lang.System::load has been called by com.sun.jna.Native in an unnamed module (${jar})`,
    "WARNING: Use --enable-native-access=ALL-UNNAMED to avoid a warning for callers in this module",
    "WARNING: Restricted methods will be blocked in a future release unless native access is enabled",
    "WARNING: A terminally deprecated method in sun.misc.Unsafe has been called",
    `WARNING: sun.misc.Unsafe::objectFieldOffset has been called by com.google.common.util.concurrent.AbstractFuture$UnsafeAtomicHelper (${jar})`,
    "WARNING: Please consider reporting this to the maintainers of class com.google.common.util.concurrent.AbstractFuture$UnsafeAtomicHelper",
    "WARNING: sun.misc.Unsafe::objectFieldOffset will be removed in a future release",
  ],
  "java-options": [
    "Picked up JAVA_TOOL_OPTIONS: -Dlog4j2.formatMsgNoLookups=true -Dbackgrounder.querylimit=7200",
    "Picked up _JAVA_OPTIONS: -Djava.io.tmpdir=/tmp",
    "NOTE: Picked up JDK_JAVA_OPTIONS: -Xshare:off",
  ],
  loggers: [
    'SLF4J: Failed to load class "org.slf4j.impl.StaticLoggerBinder".',
    "SLF4J: Defaulting to no-operation (NOP) logger implementation",
    "SLF4J: See http://www.slf4j.org/codes.html#StaticLoggerBinder for further details.",
    "SLF4J(W): No SLF4J providers were found.",
    "log4j:WARN No appenders could be found for logger (com.tableausoftware.tabadmin.configuration.ConfigurationService).",
    "log4j:WARN Please initialize the log4j system properly.",
    "ERROR StatusLogger No Log4j 2 configuration file found. Using default configuration (logging only errors to the console).",
    "Nov 24, 2026 3:10:11 PM com.tableausoftware.tabadmin.configuration.ConfigurationService load",
    "WARNING: com.tableausoftware.tabadmin.configuration.ConfigurationService is slow, 3 jobs failed",
    "2026-11-24 15:10:11.123 +0000 main WARN com.tableausoftware.core.Retry: Connection refused, 12 running",
  ],
  certificates: [
    "Warning: The certificate of the TSM controller at tab1.example.com:8850 expires in 12 days.",
    "Warning: <tabadmincontroller> uses the SHA1withRSA signature algorithm which is considered a security risk.",
  ],
  locale: [
    "/bin/bash: warning: setlocale: LC_ALL: cannot change locale (en_US.UTF-8): No such file or directory",
    "perl: warning: Setting locale failed.",
    "perl: warning: Please check that your locale settings:",
    "\tLANGUAGE = (unset),",
    '\tLC_ALL = "en_US.UTF-8",',
    "    are supported and installed on your system.",
    'perl: warning: Falling back to the standard locale ("C").',
  ],
  sudo: [
    "sudo: unable to resolve host tab1.example.com: Name or service not known",
    "",
    "We trust you have received the usual lecture from the local System",
    "Administrator. It usually boils down to these three things:",
    "",
    "    #1) Respect the privacy of others.",
    "    #2) Think before you type.",
    "    #3) With great power comes great responsibility.",
    "",
    "For security reasons, the password you type will not be visible.",
    "",
  ],
  login: [
    "Warning: Permanently added 'tab1.example.com' (ED25519) to the list of known hosts.",
    "** WARNING: connection is not using a post-quantum key exchange algorithm.",
    '** This session may be vulnerable to "store now, decrypt later" attacks.',
    "** The server may need to be upgraded. See https://openssh.com/pq.html",
    "Last login: Tue Nov 24 15:10:11 2026 from 10.0.0.1",
  ],
};

/** Prints the noise of a place, if the switches ask for it there. */
export function printNoise(console: Console, { noise, noisePlace }: Switches, place: "before" | "after"): void {
  if (noise === "none") return;
  if (noisePlace === "stderr" && place === "before") console.aside(...noiseLines[noise]);
  if (noisePlace === place) console.line(...noiseLines[noise]);
}
