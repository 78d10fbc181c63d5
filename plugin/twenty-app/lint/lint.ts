/** What Twenty's SDK does not find in a manifest: pure rules, a manifest in and problems out. */
import {
  itemsThatOpenAnyView,
  navigationOutsideFolder,
  objectsWithoutDefaultView,
  pagesThatNameTheirTab,
  tooManyIndexes,
  viewsThatHideProblems,
  viewsWithoutLabel,
} from './layout';
import { unknownEvents, unreasonableTimeouts } from './logic';
import { type Manifest, type Problem, type Standard } from './manifest';
import { cutLabels, illegalNames, illegalOptions, longLabels, repeatedNames, unquotedDefaults } from './names';
import { danglingReferences, duplicateIdentifiers, unpairedRelations } from './references';

const rules: ((manifest: Manifest, standard: Standard) => Problem[])[] = [
  danglingReferences,
  duplicateIdentifiers,
  unpairedRelations,
  illegalNames,
  repeatedNames,
  illegalOptions,
  unquotedDefaults,
  longLabels,
  cutLabels,
  tooManyIndexes,
  viewsWithoutLabel,
  viewsThatHideProblems,
  objectsWithoutDefaultView,
  itemsThatOpenAnyView,
  navigationOutsideFolder,
  pagesThatNameTheirTab,
  unknownEvents,
  unreasonableTimeouts,
];

export const lintManifest = (manifest: Manifest, standard: Standard): Problem[] => rules.flatMap((rule) => rule(manifest, standard));
