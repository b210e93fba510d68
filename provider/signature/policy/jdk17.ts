/** Lists of JDK 17 (conf/security/java.security), which hold where the host's own are not given. */
export const jdk17 = {
  /** jdk.jar.disabledAlgorithms: what a signed JAR may not use. */
  jar: "MD2, MD5, RSA keySize < 1024, DSA keySize < 1024, SHA1 denyAfter 2019-01-01",
  /** jdk.certpath.disabledAlgorithms: what a chain of certificates may not use. */
  certPath:
    "MD2, MD5, SHA1 jdkCA & usage TLSServer, RSA keySize < 1024, DSA keySize < 1024, EC keySize < 224, SHA1 usage SignedJAR & denyAfter 2019-01-01",
  /** jdk.security.legacyAlgorithms: what still may be used, with a warning. */
  legacy: "SHA1, RSA keySize < 2048, DSA keySize < 2048",
} as const;

export interface DisabledAlgorithms {
  readonly jar: string;
  readonly certPath: string;
  readonly legacy: string;
}
