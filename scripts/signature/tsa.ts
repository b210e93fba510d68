import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { pem } from "./build/certificates";
import type { Issued } from "./build/certificates";

const run = promisify(execFile);

export interface TimestampServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A time-stamping authority on loopback, answered by `openssl ts`. */
export async function startTimestampServer(folder: string, authority: Issued, chain: readonly Issued[]): Promise<TimestampServer> {
  const file = (name: string): string => join(folder, name);
  writeFileSync(file("tsa.pem"), pem(authority));
  writeFileSync(file("tsa-chain.pem"), chain.map(pem).join(""));
  writeFileSync(file("tsa.key"), authority.key.privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(file("tsa.serial"), "01\n");
  writeFileSync(
    file("tsa.cnf"),
    `[tsa]\ndefault_tsa = own\n[own]\nserial = ${file("tsa.serial")}\nsigner_cert = ${file("tsa.pem")}\nsigner_key = ${file("tsa.key")}
certs = ${file("tsa-chain.pem")}\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256, sha384, sha512, sha1\naccuracy = secs:1\n`,
  );
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const query = file(`query-${count++}`);
      writeFileSync(query, Buffer.concat(chunks));
      run("openssl", ["ts", "-reply", "-config", file("tsa.cnf"), "-queryfile", query, "-out", `${query}.reply`]).then(
        () => response.setHeader("Content-Type", "application/timestamp-reply").end(readFileSync(`${query}.reply`)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
