import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Properties of a resource as they cross the wire: plain JSON. */
export type Properties = Readonly<Record<string, unknown>>;

/** What an input is in preview while nobody knows it yet (`rpc.unknownValue` of the SDK). */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret as the engine sends it to those who accept secrets, and as a provider may answer it. */
export function secret(value: unknown): Properties {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** Keys without a value do not cross the wire; the engine leaves them out too. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}

export function fromStruct(struct: Struct | undefined): Record<string, unknown> {
  return struct?.toJavaScript() ?? {};
}
