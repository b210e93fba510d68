import { createHash } from "node:crypto";
import type { Program, Shell } from "../cmd/shell";
import { writeLine } from "../cmd/streams";
import { Win32Error, type Win32Code } from "../files/win32-error";
import type { WindowsMachine } from "../machine";
import { languages } from "./languages";

/** `certutil -hashfile FILE SHA256`, in the forms that different Windows print it. */
export function certutil({ switches }: WindowsMachine): Program {
  return ({ args, shell, streams }) => {
    const [verb, path = "", algorithm = "SHA1"] = args;
    const { certutilDigest, windowsLanguage } = switches();
    if (verb?.toLowerCase() !== "-hashfile" || certutilDigest === "blocked") {
      writeLine(streams, 2, "Access is denied.");
      return 5;
    }
    const digest = hash(path, algorithm.toLowerCase(), shell);
    if (digest instanceof Win32Error) {
      const { number, name } = failures[digest.code] ?? failures.FILE_NOT_FOUND;
      writeLine(streams, 1, `CertUtil: -hashfile command FAILED: 0x8007${number.toString(16).padStart(4, "0")} (WIN32: ${number} ${name})`);
      writeLine(streams, 1, `CertUtil: ${digest.message}`);
      return 0x80070000 + number - 2 ** 32;
    }
    const { hashOf, hashDone } = languages[windowsLanguage];
    writeLine(streams, 1, hashOf(path));
    writeLine(streams, 1, certutilDigest === "pairs" ? digest.replace(/..(?!$)/g, "$& ") : digest);
    writeLine(streams, 1, hashDone);
    return 0;
  };
}

interface Failure {
  readonly number: number;
  readonly name: string;
}

const failures: Partial<Readonly<Record<Win32Code, Failure>>> & { readonly FILE_NOT_FOUND: Failure } = {
  FILE_NOT_FOUND: { number: 2, name: "ERROR_FILE_NOT_FOUND" },
  PATH_NOT_FOUND: { number: 3, name: "ERROR_PATH_NOT_FOUND" },
  ACCESS_DENIED: { number: 5, name: "ERROR_ACCESS_DENIED" },
  SHARING_VIOLATION: { number: 32, name: "ERROR_SHARING_VIOLATION" },
  INVALID_NAME: { number: 123, name: "ERROR_INVALID_NAME" },
};

function hash(path: string, algorithm: string, { files, folder }: Shell): string | Win32Error {
  try {
    const handle = files.openFile(files.locate(path, folder), "open-existing", { access: ["read"], share: ["read"] });
    const bytes = handle.read(0, handle.stat().size);
    handle.close();
    return createHash(algorithm).update(bytes).digest("hex");
  } catch (error) {
    if (error instanceof Win32Error) return error;
    throw error;
  }
}
