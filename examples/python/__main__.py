import pulumi
import pulumi_tableau as tableau

# The server's name: its nodes and how they are reached stand in the configuration, `tableau:servers`.
server = "prod"

clickhouse = tableau.TableauConnector("clickhouse", server=server, source="connectors/clickhouse_jdbc.taco")
duckdb = tableau.TableauConnector("duckdb", server=server, source="connectors/duckdb_jdbc.taco")
prod = tableau.TableauServerPluginsConfig("prod", server=server, connectors=[clickhouse.ref, duckdb.ref])

pulumi.export("running", prod.running)
