/** Imported before any certificate is made: Java verifies RSA many times faster than curves, so a run sees more packages. */
process.env["USUAL_KEY"] ??= "rsa:2048";
