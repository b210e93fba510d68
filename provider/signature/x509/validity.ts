import type { Certificate } from "./certificate";

/** Whether a certificate is valid at a time. One that begins after it ends is early first, as in Java, and never valid. */
export function validity({ notBefore, notAfter }: Certificate, time: number): "valid" | "early" | "expired" {
  if (notBefore > time) {
    return "early";
  }
  return notAfter < time ? "expired" : "valid";
}
