import type { Switches } from "../../switches";

interface Language {
  /** Code page of a new console. */
  readonly oem: number;
  /** Code page of programs without Unicode. */
  readonly ansi: number;
  readonly activeCodePage: string;
  readonly hashOf: (path: string) => string;
  readonly hashDone: string;
}

/** What depends on the language of a Windows, as far as the simulated programs print it. */
export const languages: Readonly<Record<Switches["windowsLanguage"], Language>> = {
  english: {
    oem: 437,
    ansi: 1252,
    activeCodePage: "Active code page:",
    hashOf: (path) => `SHA256 hash of ${path}:`,
    hashDone: "CertUtil: -hashfile command completed successfully.",
  },
  german: {
    oem: 850,
    ansi: 1252,
    activeCodePage: "Aktive Codepage:",
    hashOf: (path) => `SHA256-Hash von ${path}:`,
    hashDone: "CertUtil: -hashfile-Befehl wurde erfolgreich ausgeführt.",
  },
  french: {
    oem: 850,
    ansi: 1252,
    activeCodePage: "Page de codes active :",
    hashOf: (path) => `Hachage SHA256 de ${path} :`,
    hashDone: "CertUtil: -hashfile La commande s’est terminée correctement.",
  },
};
