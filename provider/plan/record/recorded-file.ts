import type { ServerRecord } from "./record";
import type { SeenPackage } from "../seen";

type Place = Pick<SeenPackage, "directory" | "fileName">;

/** Whether the record says that this package put a file into that place, or adopted it there. */
export function isRecorded(record: ServerRecord | null, { directory, fileName }: Place): boolean {
  const file = record?.files[fileName];
  return file !== undefined && (file.directory === directory || (file.directories ?? []).includes(directory));
}

/** The name under which the record keeps what was confirmed of a file: its own, with its folder where it lies in further ones. */
export function confirmedName(record: Pick<ServerRecord, "files"> | null, { directory, fileName }: Place): string {
  const first = record?.files[fileName]?.directory;
  return first === undefined || first === directory ? fileName : `${directory}/${fileName}`;
}
