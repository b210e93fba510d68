// The program is one bundled file with everything inside. It exports nothing: the engine would take a class for a component of its own.
require("../dist/pulumi-resource-tableau.js");
