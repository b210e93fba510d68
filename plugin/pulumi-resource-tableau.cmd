@echo off
node "%~dp0pulumi-resource-tableau.js" %*
