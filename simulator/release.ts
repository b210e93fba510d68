/** Builds whose number is known from public material; others are made up after the same scheme. */
const knownBuilds: Readonly<Record<string, string>> = {
  "2019.2": "20192.20.0218.0709",
  "2023.3": "20233.24.0425.1414",
  "2024.2": "20242.24.0807.0327",
  "2024.3": "20243.25.0114.1153",
};

/** A release of Tableau Server as it is installed. */
export interface Release {
  /** Such as "2024.2". */
  readonly version: string;
  /** Such as "20242.24.0807.0327": its folders are named after it. */
  readonly build: string;
}

/** The build string of a release: "2024.2" is release 20242, then year, month with day, and time of day. */
export function buildOf(release: string): string {
  const [year = "", part = ""] = release.split(".");
  return knownBuilds[release] ?? `${year}${part}.${year.slice(2)}.0807.0327`;
}

/** Whether `release` is `other` or a later one. */
export function isAtLeast(release: string, other: string): boolean {
  const [year = 0, part = 0] = release.split(".").map(Number);
  const [otherYear = 0, otherPart = 0] = other.split(".").map(Number);
  return year === otherYear ? part >= otherPart : year > otherYear;
}
