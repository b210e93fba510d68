// Run packaged Tableau connectors (.taco) on Tableau Server as code, with Pulumi
package tableau
