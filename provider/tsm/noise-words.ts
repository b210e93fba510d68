/**
 * Words around keys and values in a list of pending changes, in lower case. Its layout is not documented, so headers, labels and
 * sentences are told from changes by these words alone: a line with any other word counts as somebody's change.
 */
export const noiseWords: ReadonlySet<string> = new Set(
  `a an and any applied are as be been being before by change changed changes column columns config configuration configurations count
  current currently default does entries entry false following for found from have has if in into is it item items key keys list listed
  modified n name names needed needs new next no none not null of old on only operation option options parameter parameters pending previous
  property reboot require required requires requiring restart restarted restarts row rows server service services set setting settings should
  tableau that the there these they this to total true topology tsm type boolean bool string unset until update updated updates value values was were when will with
  without would y yes you your dynamic static unchanged added removed deleted reset`.split(/\s+/),
);
