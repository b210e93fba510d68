/** Universal tags of X.680 that occur in certificates and CMS. */
export const tags = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  utf8String: 12,
  sequence: 16,
  set: 17,
  printableString: 19,
  t61String: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  generalString: 27,
  universalString: 28,
  bmpString: 30,
} as const;

export type UniversalTag = keyof typeof tags;
