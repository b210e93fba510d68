import { javaKeystore, readJavaKeystore } from "../../authority/trust-store";
import type { Program, Shell } from "../cmd/shell";
import { writeLine } from "../cmd/streams";

/** `keytool` of the server's JRE: `-importcert`, `-exportcert` and `-delete` of a Java keystore of trusted certificates. */
export function keytool(): Program {
  return ({ args, shell, streams }) => {
    const given = (name: string): string => args[args.indexOf(name) + 1] ?? "";
    const fail = (words: string): number => {
      writeLine(streams, 1, `keytool error: ${words}`);
      return 1;
    };
    const variable = args.includes("-storepass:env") ? given("-storepass:env") : null;
    const password = variable === null ? given("-storepass") : (shell.variables.get(variable) ?? "");
    const [path, alias, file] = [given("-keystore"), given("-alias").toLowerCase(), given("-file")];
    const certificates = readJavaKeystore(readFile(shell, path), password);
    if (certificates === null) return fail("java.io.IOException: Keystore was tampered with, or password was incorrect");
    const there = certificates[alias];
    if (args.includes("-importcert")) {
      if (there !== undefined) return fail(`java.lang.Exception: Certificate not imported, alias <${alias}> already exists`);
      writeFile(shell, path, javaKeystore({ ...certificates, [alias]: readFile(shell, file) }, password));
      writeLine(streams, 1, "Certificate was added to keystore");
      return 0;
    }
    if (there === undefined) return fail(`java.lang.Exception: Alias <${alias}> does not exist`);
    if (args.includes("-exportcert")) writeFile(shell, file, there);
    else if (args.includes("-delete")) {
      const others = Object.entries(certificates).filter(([name]) => name !== alias);
      writeFile(shell, path, javaKeystore(Object.fromEntries(others), password));
    } else return fail("java.lang.Exception: Command option is missing");
    return 0;
  };
}

function readFile({ files, folder }: Shell, path: string): Buffer {
  const handle = files.openFile(files.locate(path, folder), "open-existing", { access: ["read"], share: ["read", "write"] });
  try {
    return handle.read(0, handle.stat().size);
  } finally {
    handle.close();
  }
}

function writeFile({ files, folder }: Shell, path: string, bytes: Buffer): void {
  const handle = files.openFile(files.locate(path, folder), "create-always", { access: ["write"], share: ["read", "write"] });
  try {
    handle.write(0, bytes);
  } finally {
    handle.close();
  }
}
