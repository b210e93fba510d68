import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeTrust } from "../authority/write-trust";
import { loadingProcesses } from "../connectors/folders";
import type { Installation } from "../connectors/places";
import type { Release } from "../release";
import { windowsPlaces } from "./places";
import { powershellFolder, systemPrograms } from "./programs/programs";

export interface WindowsTreeOptions {
  readonly tree: string;
  readonly installation: Installation;
}

export const systemFolder = "C:/Windows/System32";

/** Makes what is missing of a node's drives and no release has for itself. What lies there from an earlier start stays. */
export function makeWindowsTree(tree: string, user: string): void {
  for (const folder of [`Users/${user}`, "Windows/Temp"]) mkdirSync(join(tree, "C:", folder), { recursive: true });
  mkdirSync(join(tree, "D:"), { recursive: true });
  const programs = [...systemPrograms.map((name) => `${systemFolder}/${name}`), `${powershellFolder}/powershell.exe`];
  for (const program of programs) makeFile(join(tree, program), "");
}

/** Lays the packages of a build into folders of their own, as its installer does. What lies there already stays. */
export function layWindowsPackages(build: string, options: WindowsTreeOptions & { readonly cacerts: Buffer | undefined }): void {
  const { tree, installation, cacerts } = options;
  const places = windowsPlaces(build, installation);
  writeTsmBatch(join(tree, places.packages), build);
  mkdirSync(join(tree, places.javaHome), { recursive: true });
  writeTrust(join(tree, places.javaHome), cacerts);
  makeFile(join(tree, places.javaHome, "bin/keytool.exe"), "");
}

/** Makes what is missing of the data folders of the release in use. */
export function takeWindowsRelease({ version, build }: Release, { tree, installation }: WindowsTreeOptions): void {
  const places = windowsPlaces(build, installation);
  for (const { name } of loadingProcesses(version, places)) mkdirSync(join(tree, places.serviceData, name), { recursive: true });
}

/** Puts the tsm of a build in its place below the folder of packages. */
export function writeTsmBatch(packages: string, build: string): void {
  const folder = join(packages, `bin.${build}`);
  makeFile(join(folder, "tsm-client.exe"), "");
  makeFile(join(folder, "tsm.cmd"), '@echo off\r\n"%~dp0tsm-client.exe" %*\r\n');
}

/** What the installer sets for everybody. */
export function serverVariables(build: string, { programs, data }: Installation): Record<string, string> {
  return {
    TABLEAU_SERVER_CONFIG_NAME: "tabsvc",
    TABLEAU_SERVER_DATA_DIR: backslashes(data),
    TABLEAU_SERVER_DATA_DIR_VERSION: build,
    TABLEAU_SERVER_INSTALL_DIR: backslashes(programs),
  };
}

/** The environment that sshd gives to a user's commands. */
export function userVariables(node: string, user: string): Record<string, string> {
  return {
    COMPUTERNAME: node.toUpperCase(),
    ComSpec: String.raw`C:\Windows\system32\cmd.exe`,
    HOMEDRIVE: "C:",
    HOMEPATH: `\\Users\\${user}`,
    OS: "Windows_NT",
    PATH: [backslashes(systemFolder), "C:\\Windows", backslashes(powershellFolder)].join(";"),
    PATHEXT: ".COM;.EXE;.BAT;.CMD",
    ProgramData: "C:\\ProgramData",
    ProgramFiles: "C:\\Program Files",
    SystemDrive: "C:",
    SystemRoot: "C:\\Windows",
    USERNAME: user,
    USERPROFILE: `C:\\Users\\${user}`,
  };
}

function backslashes(path: string): string {
  return path.replaceAll("/", "\\");
}

function makeFile(path: string, text: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
