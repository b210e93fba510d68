// A browser for the tests of the page that `pulumi-tableau fleet` writes. Plain Node without dependencies.
import { ensureDebianPackages } from "./debian-packages.mjs";

/** Installs Chromium, and a font, with apt where this is root on Debian or its like; elsewhere those tests are skipped and say so. */
export async function ensureBrowser({ say }) {
  await ensureDebianPackages(
    { chromium: ["chromium", "fonts-dejavu-core"] },
    { say, otherwise: "the tests of the page in a browser are skipped" },
  );
}
