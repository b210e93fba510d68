//go:build tools

// Package tools names the command that scripts/yaml.mjs builds, in the versions of the engine's own packages.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
