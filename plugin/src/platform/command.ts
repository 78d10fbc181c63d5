/**
 * How the administrator's command is typed, in this repository and where the package is installed. `--no` keeps npx from
 * fetching a stranger's package, and handing it the CRM's key, where ours is not installed.
 */
export const COMMAND = 'npx --no patchbay-center';
export const START = `${COMMAND} start`;
