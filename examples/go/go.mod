module tableau-connectors

go 1.24

require (
	github.com/pulumi-tableau/pulumi-tableau/sdk/go/tableau v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.216.0
)
