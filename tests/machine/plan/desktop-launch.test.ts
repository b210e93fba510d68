import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { desktopLaunch, type DesktopLaunchOptions } from "../../../provider/machine/plan/desktop-launch";

const both = { connectPluginsPath: "/Users/anna/my connectors", disableVerifyConnectorPluginSignature: true } as const;

test("Windows", () => {
  const windows = { ...both, platform: "windows", version: "2024.2", connectPluginsPath: "C:\\My Connectors 100%\\" } as const;
  expect(desktopLaunch(windows)).toEqual({
    executable: "C:\\Program Files\\Tableau\\Tableau 2024.2\\bin\\tableau.exe",
    args: ["-DConnectPluginsPath=C:\\My Connectors 100%\\", "-DDisableVerifyConnectorPluginSignature=true"],
    commandLine:
      '"C:\\Program Files\\Tableau\\Tableau 2024.2\\bin\\tableau.exe" "-DConnectPluginsPath=C:\\My Connectors 100%\\\\" "-DDisableVerifyConnectorPluginSignature=true"',
    launcher: [
      "@echo off",
      "rem Kept in place by pulumi-tableau.",
      'start "" "C:\\Program Files\\Tableau\\Tableau 2024.2\\bin\\tableau.exe" "-DConnectPluginsPath=C:\\My Connectors 100%%\\\\" "-DDisableVerifyConnectorPluginSignature=true"',
      "",
    ].join("\r\n"),
  });
  expect(desktopLaunch({ ...windows, connectPluginsPath: "C:\\Anschlüsse" }).launcher).toContain("\r\nchcp 65001 >nul\r\nstart");
});

test("macOS", () => {
  expect(desktopLaunch({ ...both, platform: "macos", version: "2024.2" })).toMatchObject({
    commandLine:
      "'/Applications/Tableau Desktop 2024.2.app/Contents/MacOS/Tableau' '-DConnectPluginsPath=/Users/anna/my connectors' -DDisableVerifyConnectorPluginSignature=true",
    launcher:
      "#!/bin/sh\n# Kept in place by pulumi-tableau.\nexec '/Applications/Tableau Desktop 2024.2.app/Contents/MacOS/Tableau' '-DConnectPluginsPath=/Users/anna/my connectors' -DDisableVerifyConnectorPluginSignature=true\n",
  });
});

test("Linux: a program that the user names", () => {
  expect(desktopLaunch({ ...both, platform: "linux", executable: "/opt/tableau desktop/$run" }).launcher).toBe(
    '[Desktop Entry]\n# Kept in place by pulumi-tableau.\nType=Application\nName=Tableau Desktop for connector development\nExec="/opt/tableau desktop/\\\\$run" "-DConnectPluginsPath=/Users/anna/my connectors" "-DDisableVerifyConnectorPluginSignature=true"\nTerminal=false\n',
  );
});

test("nothing is switched off unless that is said", () => {
  for (const off of [undefined, false]) {
    const options = { platform: "macos", version: "2024.2", ...(off === undefined ? {} : { disableVerifyConnectorPluginSignature: off }) };
    expect(desktopLaunch(options as DesktopLaunchOptions).args).toEqual([]);
  }
});

test.each([
  [{ platform: "windows", product: "prep" }, /Tableau Prep Builder has no public switch.*Sign the package/],
  [{ platform: "windows", product: "bridge" }, /Tableau Bridge has no public switch/],
  [{ platform: "linux" }, /does not exist for Linux/],
  [{ platform: "macos" }, /depends on its release/],
  [{ platform: "macos", version: "2024.2/../x" }, /Expected a release/],
  [{ platform: "macos", version: "2024.2", connectPluginsPath: "" }, /is empty/],
  [{ platform: "macos", executable: "/a\nb" }, /control character/],
  [{ platform: "windows", executable: 'C:\\"x' }, /quotation mark/],
])("%j is refused", (options, message) => {
  expect(() => desktopLaunch(options as DesktopLaunchOptions)).toThrow(message);
});

// A word that is no control character, as paths may hold.
const path = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));

test("whatever the path, sh gives the program exactly these arguments", () => {
  const paths = fc.sample(path, { numRuns: 200, seed: 7 });
  const printer = 'for a do printf "%s\\n" "$a"; done';
  const script = paths.map((one) => {
    const { commandLine, executable } = desktopLaunch({ platform: "macos", executable: "/bin/echo", connectPluginsPath: one });
    return commandLine.replace(executable, "show");
  });
  const { stdout } = spawnSync("sh", ["-c", `show() { ${printer}; }\n${script.join("\n")}`], { encoding: "utf8" });
  expect(stdout.split("\n").slice(0, -1)).toEqual(paths.map((one) => `-DConnectPluginsPath=${one}`));
});

// The rules of the C runtime of Windows programs, and of percent signs in batch files, written down once more.
test("whatever the path, the parts of a .cmd are the words again", () => {
  fc.assert(
    fc.property(
      path.filter((text) => !text.includes('"')),
      (one) => {
        const options = { platform: "windows", executable: "C:\\t.exe", connectPluginsPath: one } as const;
        const line = desktopLaunch(options).launcher.split("\r\n").at(-2) ?? "";
        const words = line
          .replace(/^start "" /, "")
          .replaceAll("%%", "%")
          .slice(1, -1)
          .split('" "')
          .map((word) => word.replace(/\\+$/, (end) => end.slice(end.length / 2)));
        expect(words).toEqual(["C:\\t.exe", `-DConnectPluginsPath=${one}`]);
      },
    ),
  );
});
