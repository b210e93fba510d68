import { isNoise, isRemark } from "../../provider/tsm/noise";
import { noiseLines } from "../../simulator/controller/noise";

/** What a program prints to its end: more after it would be another line. */
const whole = [
  "\tLANGUAGE = (unset),",
  '\tLC_ALL = "en_US.UTF-8",',
  '  LANG = ""',
  "    are supported and installed on your system.",
  "We trust you have received the usual lecture from the local System",
  "Administrator. It usually boils down to these three things:",
  "    #1) Respect the privacy of others.",
  "#2) Think before you type.",
  "    #3) With great power comes great responsibility.",
  "For security reasons, the password you type will not be visible.",
  "Nov 24, 2026 3:10:11 PM com.tableausoftware.Service$1 load",
  "Nov 4, 2026, 13:10:11 AM a b",
  "Logging in as user 'deploy' since no --username flag was given.",
  "Logging in as user '' since no --username flag was given.",
];

/** What a program prints before words that differ. */
const beginnings = [
  "sh: warning: setlocale: LC_ALL: cannot change locale (en_US.UTF-8)",
  "/opt/tsm: line 12: warning: setlocale: LC_ALL: cannot change locale",
  "perl: warning: Setting locale failed.",
  "perl: warning: Falling back to the standard locale",
  "locale: Cannot set LC_CTYPE to default locale",
  "manpath: can't set the locale; make sure $LC_* and $LANG are correct",
  "sudo: unable to resolve host tab1",
  "sudo: unable to send audit message: Operation not permitted",
  "sudo: setrlimit(RLIMIT_CORE): Operation not permitted",
  "Picked up JAVA_TOOL_OPTIONS: -Xmx1g",
  "Picked up JAVA_OPTIONS: -Xmx1g",
  "Picked up _JAVA_OPTIONS: -Xmx1g",
  "NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx1g",
  "OpenJDK 64-Bit Server VM warning: x",
  "Java HotSpot(TM) 64-Bit Server VM warning: x",
  "Java VM warning: x",
  "WARNING: An illegal reflective access operation has occurred",
  "WARNING: Use --illegal-access=warn to enable warnings",
  "WARNING: A terminally deprecated method in java.lang.System has been called",
  "WARNING: The Security Manager is deprecated and will be removed",
  "WARNING: A command line option has enabled the Security Manager",
  "WARNING: A Java agent has been loaded dynamically (x)",
  "WARNING: If a serviceability tool is in use",
  "WARNING: Using incubator module: jdk.incubator.vector",
  "WARNING: Using incubator modules: jdk.incubator.vector",
  "WARNING: Unknown module: jdk.x specified to --add-opens",
  "WARNING: package sun.x not in java.base",
  "WARNING: A restricted method in java.lang.System has been called",
  "WARNING: java.lang.System::load has been called by com.sun.jna.Native",
  "WARNING: System$1::load will be removed in a future release",
  "SLF4J: Failed to load class",
  "SLF4J(W): No SLF4J providers were found.",
  "log4j: Trying to find [log4j.xml]",
  "log4j:WARN No appenders could be found",
  "log4j something",
  "ERROR StatusLogger No Log4j 2 configuration file found.",
  "main ERROR StatusLogger x",
  "2026-11-24 15:10:11,123 main WARN StatusLogger x",
  "15:10:11,123 |-INFO in ch.qos.logback",
  "Warning: Permanently added 'tab1' (ED25519) to the list of known hosts.",
  "** WARNING: connection is not using a post-quantum key exchange algorithm.",
  "** This session may be vulnerable",
  "Last login: Tue Nov 24 15:10:11 2026 from 10.0.0.1",
];

describe("the noise of a program around tsm", () => {
  test.each([...whole, ...beginnings])("%s", (line) => {
    expect(isNoise(line)).toBe(true);
  });

  // Not where it stands in a line of tsm's, such as one that tells the value of a key.
  test.each([...whole, ...beginnings])("not as a part of a line: %s", (line) => {
    expect(isNoise(`The value of gateway.timeout: ${line}`)).toBe(false);
  });

  test.each(whole)("not with more behind it: %s", (line) => {
    expect(isNoise(`${line} and gateway.timeout`)).toBe(false);
  });

  test.each(beginnings)("with more behind it: %s", (line) => {
    expect(isNoise(`${line} and more`)).toBe(true);
  });

  test("whatever the simulator prints as such, or a remark", () => {
    const told = Object.values(noiseLines)
      .flat()
      .filter((line) => line !== "");
    expect(told.filter((line) => !isNoise(line) && !isRemark(line))).toEqual([]);
  });
});

test.each([
  "a b: warning: setlocale: LC_ALL: cannot change locale",
  "sh: line x: warning: setlocale: LC_ALL: cannot change locale",
  "sh: warning: setlocale: -: cannot change locale",
  "LANG = (unset)",
  " LC_- = (unset)",
  ' LANG = "a"b"',
  "are supported and installed on your system.",
  "x#1) Respect the privacy of others.",
  `OpenJDK ${"x".repeat(41)}VM warning: x`,
  "WARNING: Unknown module: specified to --add-opens",
  "WARNING: package a b not in java.base",
  "WARNING: a-b::load has been called by x",
  "WARNING: a::b-c has been called by x",
  "WARNING: ::b has been called by x",
  "SLF4J(12): x",
  "SLF4J(w): x",
  "a b c ERROR StatusLogger x",
  "1:10:11,123 |-INFO in x",
  "15:10:11,12 |-INFO in x",
  "x5:10:11,123 |-INFO in x",
  "1x:10:11,123 |-INFO in x",
  "15:x0:11,123 |-INFO in x",
  "15:1x:11,123 |-INFO in x",
  "15:10:x1,123 |-INFO in x",
  "15:10:1x,123 |-INFO in x",
  "nov 24, 2026 3:10:11 PM a b",
  "NoV 24, 2026 3:10:11 PM a b",
  "Nov 124, 2026 3:10:11 PM a b",
  "Nov x, 2026 3:10:11 PM a b",
  "Nov 24, 226 3:10:11 PM a b",
  "Nov 24, 2026 x:10:11 PM a b",
  "Nov 24, 2026 3:x0:11 PM a b",
  "Nov 24, 2026 3:1x:11 PM a b",
  "Nov 24, 2026 3:10:x1 PM a b",
  "Nov 24, 2026 3:10:1x PM a b",
  "Nov 24, 2026 3:10:11 XM a b",
  "Nov 24, 2026 3:10:11 PM - b",
  "Nov 24, 2026 3:10:11 PM a",
])("no noise: %s", (line) => {
  expect(isNoise(line)).toBe(false);
});

describe("a remark beside an answer", () => {
  const remarks = [
    "WARNING: slow",
    "[warn] slow",
    "** Notice: slow",
    "severe - slow",
    "2026-11-24 15:10:11 WARN slow",
    "[2026-11-24T15:10:11.123+0000] main INFO slow",
    `2026-11-24 15:10:11 ${"x".repeat(59)} DEBUG slow`,
    "/opt/tsm: line 12: slow",
  ];

  test.each(remarks)("%s", (line) => {
    expect(isRemark(line)).toBe(true);
  });

  test.each(remarks)("none that names a key: %s", (line) => {
    expect(isRemark(`${line} gateway.timeout`)).toBe(false);
    expect(isRemark(`${line} native_api.connect_plugins_path more`)).toBe(false);
    expect(isRemark(`${line} acme.timeout`)).toBe(true);
  });

  test.each([
    "Warnings",
    "warning",
    "warning_x: y",
    "*** Notice: slow",
    "A warning: slow",
    "Status: 2026-11-24 15:10:11 WARN slow",
    "026-11-24 15:10:11 WARN slow",
    "x026-11-24 15:10:11 WARN slow",
    "2026-1-24 15:10:11 WARN slow",
    "2026-x1-24 15:10:11 WARN slow",
    "2026-1x-24 15:10:11 WARN slow",
    "2026-11-x4 15:10:11 WARN slow",
    "2026-11-2x 15:10:11 WARN slow",
    "2026-11-24x15:10:11 WARN slow",
    "2026-11-24 x5:10:11 WARN slow",
    "2026-11-24 1x:10:11 WARN slow",
    "2026-11-24 15:x0:11 WARN slow",
    "2026-11-24 15:1x:11 WARN slow",
    "2026-11-24 15:10:x1 WARN slow",
    "2026-11-24 15:10:1x WARN slow",
    "2026-11-24 15:10:11 warn slow",
    "2026-11-24 15:10:11 WARNINGS slow",
    "2026-11-24 15:10:11 xWARN slow",
    `2026-11-24 15:10:11 ${"x".repeat(60)} WARN slow`,
    "a b: line 12: slow",
    "a: line x: slow",
    ": line 1: slow",
    "x /opt/tsm: line 12: slow",
  ])("none: %s", (line) => {
    expect(isRemark(line)).toBe(false);
  });
});
