//go:build tools

// Package tools names the command that scripts/engine.mjs builds; `go install pkg@version` refuses modules with replace directives.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
