/** Logic functions that would never run, or never end. */
import { type Manifest, type Problem, type Standard } from './manifest';

const ACTIONS = ['created', 'updated', 'deleted', 'restored', 'destroyed', 'upserted'];
const LONGEST_SECONDS = 900;

export const unknownEvents = ({ objects = [], logicFunctions = [] }: Manifest, standard: Standard): Problem[] => {
  const names = new Set(['*', ...standard.objectNames, ...objects.map(({ nameSingular }) => nameSingular)]);
  return logicFunctions.flatMap(({ name, universalIdentifier, databaseEventTriggerSettings }) => {
    if (!databaseEventTriggerSettings) return [];
    const [object = '', action = '', ...more] = databaseEventTriggerSettings.eventName.split('.');
    if (names.has(object) && ['*', ...ACTIONS].includes(action) && more.length === 0) return [];
    return [
      {
        place: `logic function ${name ?? universalIdentifier}`,
        problem: `waits for "${databaseEventTriggerSettings.eventName}", which never happens`,
        fix: `write <object>.<action>; the actions are ${ACTIONS.join(', ')}`,
      },
    ];
  });
};

export const unreasonableTimeouts = ({ logicFunctions = [] }: Manifest): Problem[] =>
  logicFunctions
    .filter(({ timeoutSeconds = 1 }) => !(timeoutSeconds >= 1 && timeoutSeconds <= LONGEST_SECONDS))
    .map(({ name, universalIdentifier, timeoutSeconds }) => ({
      place: `logic function ${name ?? universalIdentifier}`,
      problem: `may take ${timeoutSeconds} seconds`,
      fix: `allow 1 to ${LONGEST_SECONDS}`,
    }));
