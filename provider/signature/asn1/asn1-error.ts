/** Bytes that are not the ASN.1 structure they should be. */
export class Asn1Error extends Error {
  override readonly name = "Asn1Error";
}
