import { AttributeLines } from "./attribute-lines";
import { Attributes } from "./attributes";
import { LineTooLong, Lines } from "./lines";
import { ManifestTextError } from "./manifest-text-error";
import { SectionLines } from "./section-lines";
import { TextSections } from "./text-sections";

/** The text of a manifest or a signature file, as Java reads it. */
export interface ManifestText {
  readonly main: Attributes;
  readonly sections: TextSections;
}

/**
 * Reads the text of a manifest by the rules of java.util.jar.Manifest
 * (https://docs.oracle.com/en/java/javase/17/docs/specs/jar/jar.html#jar-manifest), all of it, for mistakes; what it says is read again
 * when it is wanted.
 *
 * @throws ManifestTextError with a clause that says what is wrong.
 */
export function parseManifestText(bytes: Buffer): ManifestText {
  try {
    const lines = new Lines(bytes);
    new AttributeLines(lines).passAll();
    const sections = new TextSections(bytes, lines.position);
    new SectionLines(lines).passAll();
    return { main: new Attributes(bytes, [0]), sections };
  } catch (error) {
    throw error instanceof LineTooLong ? new ManifestTextError(error.message, { cause: error }) : error;
  }
}
