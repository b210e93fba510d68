package main

import (
	"github.com/pulumi-tableau/pulumi-tableau/sdk/go/tableau"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// The server's name: its nodes and how they are reached stand in the configuration, `tableau:servers`.
		server := pulumi.String("prod")
		clickhouse, err := tableau.NewTableauConnector(ctx, "clickhouse", &tableau.TableauConnectorArgs{
			Server: server,
			Source: pulumi.String("connectors/clickhouse_jdbc.taco"),
		})
		if err != nil {
			return err
		}
		duckdb, err := tableau.NewTableauConnector(ctx, "duckdb", &tableau.TableauConnectorArgs{
			Server: server,
			Source: pulumi.String("connectors/duckdb_jdbc.taco"),
		})
		if err != nil {
			return err
		}
		prod, err := tableau.NewTableauServerPluginsConfig(ctx, "prod", &tableau.TableauServerPluginsConfigArgs{
			Server:     server,
			Connectors: tableau.ConnectorRefArray{clickhouse.Ref, duckdb.Ref},
		})
		if err != nil {
			return err
		}
		ctx.Export("running", prod.Running)
		return nil
	})
}
