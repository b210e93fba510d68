/**
 * First parts of the names of Tableau Server's configuration keys, in lower case.
 * https://help.tableau.com/current/server/en-us/cli_configuration-set_tsm.htm
 */
export const namespaces: ReadonlySet<string> = new Set(
  `activationservice adminview adminviews adminviewssettings analyticsextensions api appzookeeper auditing authentication backgrounder
  backup backuprestore basefilepath cacheserver clientfileservice clientxmlservice clustercontroller collections config connected_apps
  connectionpool contentexploration customization dataalerts databaseservice datamanagement dataserver dataserviceproxy databasemaintenance
  directory domain ea elasticserver excel features filestore floweditor flowminerva flowprocessor flowqueryservice gateway hyper
  hyper_standby identity identitystore indexandsearchserver install insights interactive jmx kerberos ldap licensing licenseservice load_balance log
  logging maestro maintenance mapsettings mobile metadata metadataservices metrics metricsservices minerva monitoring msgserver native_api
  noninteractive nlp ne openid openidservice oauth orgauth pgsql pointintime ports prep pulse qc querypolicy queryservice recommendations
  redis refresh_token repository rest rsync saml sandbox schedules search searchserver security server service session sheet_image siteimportexport
  sites smtp solr ssl storage subscriptions svcmonitor sync tabadmin tabadminagent tabadmincontroller tabadminservice tabprotosrv
  tabsvc tableau_projects tdsnativeservice tdsservice tomcat tomcatcontainer topology unified usernotifications vcs vizportal vizql
  vizqlserver webdataconnector wgserver worker workgroup workgroupjobs zookeeper`.split(/\s+/),
);
