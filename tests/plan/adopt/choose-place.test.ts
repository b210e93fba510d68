import { choosePlace, type PlaceQuestion } from "../../../provider/plan/adopt/choose-place";
import { linuxLayout, windowsLayout } from "../../../provider/plan/placement/layout";
import { perProcessDirectories } from "../../../provider/plan/placement/load-order";
import { connector, node, packageOf } from "../support/servers";

const shared = linuxLayout.connectors;
const [vizql = "", prep = ""] = perProcessDirectories(shared);
const named = "/srv/connectors";

/** What lies on the nodes, as NODE:FOLDER, each folder with one package. */
function asked(places: readonly string[], pluginsPath: string | null, release = "2024.2", fileName = "a.taco"): PlaceQuestion {
  const nodes = ["node1", "node2"].map((name) =>
    node(name, {
      packages: places
        .filter((place) => place.startsWith(`${name}:`))
        .map((place) => ({ ...packageOf(connector("a")), directory: place.slice(name.length + 1), fileName })),
    }),
  );
  return { release, pluginsPath, nodes };
}

const automatic = { kind: "one", place: { placement: "automatic", directory: shared } };
const perProcess = { kind: "one", place: { placement: "perProcess", directory: shared } };
const byPath = (directory: string): object => ({ kind: "one", place: { placement: "path", directory } });
const several = (...directories: readonly string[]): object => ({ kind: "several", directories });

test.each<[string, PlaceQuestion, object]>([
  ["nothing anywhere", asked([], null), automatic],
  ["nothing where the key says", asked([], named), automatic],
  ["something in the shared folder", asked([`node1:${shared}`], null), automatic],
  ["something there on the second node alone", asked([`node2:${shared}/`], named), automatic],
  ["something where the key says", asked([`node2:${named}`], `${named}/`), byPath(`${named}/`)],
  ["something in a folder that nothing names", asked([`node1:${named}`], null), automatic],
  ["something in such a folder, and an empty key", asked([`node1:${named}`], ""), automatic],
  ["the key names the shared folder, which is read by itself", asked([`node1:${shared}`], shared), automatic],
  ["the key names the shared folder of a release that does not", asked([`node1:${shared}`], shared, "2021.1"), byPath(shared)],
  ["something in the shared folder of a release that does not read it", asked([`node1:${shared}`], null, "2021.1"), automatic],
  ["something in the folder of one process", asked([`node2:${prep}`], null), perProcess],
  ["something in the folder of another", asked([`node1:${vizql}`], named), perProcess],
  ["the key names the folder of a process", asked([`node1:${vizql}`], vizql), several(vizql)],
  ["the shared folder and the key's", asked([`node1:${shared}`, `node2:${named}`], named), several(shared, named)],
  ["the shared folder and a process's", asked([`node1:${shared}`, `node1:${vizql}`], null), several(shared, vizql)],
  ["the key's folder and two processes'", asked([`node1:${named}`, `node1:${prep}`, `node2:${vizql}`], named), several(named, vizql, prep)],
  ["all of them", asked([`node1:${shared}`, `node2:${named}`, `node2:${prep}`], named), several(shared, named, prep)],
  ["other files in the shared folder and the key's", asked([`node1:${shared}`, `node1:${named}`], named, "2024.2", "a.jar"), automatic],
])("%s", (_name, question, expected) => {
  expect(choosePlace(shared, question)).toEqual(expected);
});

test("on Windows capitals and slashes do not tell folders apart", () => {
  const { connectors } = windowsLayout;
  const place = connectors.toUpperCase().replaceAll("/", "\\");
  const question = asked([`node1:${place}`], connectors);
  expect(choosePlace("D:/tableau", question)).toEqual({ kind: "one", place: { placement: "automatic", directory: connectors } });
});
