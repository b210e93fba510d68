import type { ServerChannel } from "ssh2";
import type { WindowsFiles } from "../files/windows-files";
import { number, packet, string } from "./packet";
import { PacketReader } from "./packet-reader";
import { answerRequest } from "./requests";
import { SftpHandles } from "./sftp-handles";
import { statusOf } from "./status";

const init = 1;
const version = 2;
const statusAnswer = 101;
const longestPacket = 256 * 1024; // as sftp-server has it

/** What sftp-server of Win32-OpenSSH offers, as far as it is simulated. */
const extensions: readonly (readonly [name: string, data: string])[] = [
  ["posix-rename@openssh.com", "1"],
  ["statvfs@openssh.com", "2"],
  ["fsync@openssh.com", "1"],
];

/** Serves SFTP, version 3, over a channel, until the client closes it. */
export function serveSftp(channel: ServerChannel, files: WindowsFiles, home: string): void {
  const handles = new SftpHandles();
  let waiting: Buffer = Buffer.alloc(0);
  channel.on("error", () => undefined);
  channel.on("close", () => handles.closeAll());
  channel.on("end", () => {
    channel.exit(0);
    channel.end();
  });
  channel.on("data", (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE()) {
      const length = waiting.readUInt32BE();
      if (length > longestPacket) return channel.close();
      const body = waiting.subarray(4, 4 + length);
      waiting = waiting.subarray(4 + length);
      channel.write(answer(new PacketReader(body), { files, home, handles }));
    }
  });
}

function answer(reader: PacketReader, parts: { files: WindowsFiles; home: string; handles: SftpHandles }): Buffer {
  const type = reader.byte();
  if (type === init) return packet(version, number(3), ...extensions.flatMap(([name, data]) => [string(name), string(data)]));
  const id = reader.number();
  const status = (code: number): Buffer => packet(statusAnswer, number(id), number(code), string(`status ${code}`), string(""));
  try {
    const { answerType, fields } = answerRequest(type, reader, parts);
    return answerType === statusAnswer ? status(fields) : packet(answerType, number(id), ...fields);
  } catch (error) {
    return status(statusOf(error, type === 3 ? "createFile" : "crt"));
  }
}
