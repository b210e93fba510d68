import type { ConfirmedFile, RecordedFile, ServerRecord } from "./record";
import type { SeenNode, SeenPackage } from "../seen";

type Place = Pick<SeenPackage, "directory" | "fileName">;

/** What the record says of a file; undefined: nothing. A file may have any name, such as one that every object knows. */
export function recordedFile(record: Pick<ServerRecord, "files"> | null, fileName: string): RecordedFile | undefined {
  return own(record?.files, fileName);
}

/** Whether the record says that this package put a file into that place, or adopted it there. */
export function isRecorded(record: ServerRecord | null, { directory, fileName }: Place): boolean {
  const file = recordedFile(record, fileName);
  return file !== undefined && (file.directory === directory || (file.directories ?? []).includes(directory));
}

/** The name under which the record keeps what was confirmed of a file: its own, with its folder where it lies in further ones. */
export function confirmedName(record: Pick<ServerRecord, "files"> | null, { directory, fileName }: Place): string {
  const first = recordedFile(record, fileName)?.directory;
  return first === undefined || first === directory ? fileName : `${directory}/${fileName}`;
}

/** What an activation confirmed of a file on a node; undefined: nothing. */
export function confirmedFile(record: ServerRecord | null, { name }: Pick<SeenNode, "name">, place: Place): ConfirmedFile | undefined {
  return own(own(record?.confirmed, name), confirmedName(record, place));
}

function own<T>(values: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
