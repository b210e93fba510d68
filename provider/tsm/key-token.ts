import { connectPluginsPathKey, disableVerifyKey, type KeyName } from "../vocabulary/keys";
import { trimEnd } from "../vocabulary/trim-end";

/**
 * First parts of the names of Tableau Server's configuration keys, in lower case.
 * https://help.tableau.com/current/server/en-us/cli_configuration-set_tsm.htm
 */
const namespaces: ReadonlySet<string> = new Set(
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

/** The parts of a line between blanks, quotes, brackets and separators, without marks at either end. */
export function tokensOf(text: string): readonly string[] {
  return text
    .split(/[\s"'`´‘’“”«»,;:|!?{}[\]()<>=→│┃║]+/)
    .map((token) => trimEnd(token.replace(/^[-*+•.#–—]+/, ""), "-*+.–—"))
    .filter((token) => token !== "");
}

export function isOurKey(token: string): token is KeyName {
  return token === connectPluginsPathKey || token === disableVerifyKey;
}

/** Whether a token looks like a configuration key: parts joined by dots, the first one beginning with a letter. */
export function isKeyLike(token: string): boolean {
  return /^[A-Za-z_][\w-]*(?:\.[\w-]+)+$/.test(token);
}

/**
 * Whether a token may be printed as the name of a key: it begins as Tableau's keys do, and is made of words, as they are.
 * A secret that looks like this is not expected to exist.
 */
export function isPrintableKey(token: string): boolean {
  const [namespace = ""] = token.split(".");
  return token.length <= 100 && keyShape.test(token) && namespaces.has(namespace.toLowerCase().replace(/\d+/, ""));
}

const keyShape = /^[A-Za-z][A-Za-z_]*\d{0,2}(?:\.[A-Za-z][A-Za-z_-]*\d{0,2}){1,8}$/;
