// A program in Go that wants what wanted.json says, as the programs of the other languages do.
package main

import (
	"encoding/json"
	"os"
	"slices"

	"github.com/pulumi-tableau/pulumi-tableau/sdk/go/tableau"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

type wanted struct {
	Server struct {
		Name  string
		Nodes []struct {
			Name       string
			Connection struct {
				Host, User, PrivateKey, HostKey string
				Port                            int
			}
		}
	}
	Connectors map[string]struct{ Source string }
}

func read() (wanted, error) {
	var all wanted
	text, err := os.ReadFile("wanted.json")
	if err != nil {
		return all, err
	}
	return all, json.Unmarshal(text, &all)
}

func serverOf(all wanted) tableau.TableauServerArgs {
	nodes := tableau.NodeArray{}
	for _, node := range all.Server.Nodes {
		nodes = append(nodes, tableau.NodeArgs{
			Name: pulumi.String(node.Name),
			Connection: tableau.NodeConnectionArgs{
				Host:       pulumi.String(node.Connection.Host),
				Port:       pulumi.Int(node.Connection.Port),
				User:       pulumi.String(node.Connection.User),
				PrivateKey: pulumi.String(node.Connection.PrivateKey),
				HostKey:    pulumi.String(node.Connection.HostKey),
			},
		})
	}
	return tableau.TableauServerArgs{Name: pulumi.String(all.Server.Name), Nodes: nodes}
}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		all, err := read()
		if err != nil {
			return err
		}
		server := serverOf(all)
		names := []string{}
		for name := range all.Connectors {
			names = append(names, name)
		}
		slices.Sort(names)
		refs := tableau.ConnectorRefArray{}
		for _, name := range names {
			connector, err := tableau.NewTableauConnector(ctx, name, &tableau.TableauConnectorArgs{
				Server: server,
				Source: pulumi.String(all.Connectors[name].Source),
			})
			if err != nil {
				return err
			}
			refs = append(refs, connector.Ref)
		}
		config, err := tableau.NewTableauServerPluginsConfig(ctx, "config", &tableau.TableauServerPluginsConfigArgs{
			Server:     server,
			Connectors: refs,
			Timeouts:   tableau.TimeoutArgs{Ready: pulumi.Int(600)},
		})
		if err != nil {
			return err
		}
		ctx.Export("running", config.Running)
		return nil
	})
}
