/**
 * How the administrator's command is typed, in this repository and where the package is installed. `--no-install`
 * keeps npx from fetching a stranger's package, and handing it the CRM's key, where ours is not installed. (`--no`, which
 * npx documents instead, makes it take options such as `--help` for its own.)
 */
export const COMMAND = 'npx --no-install patchbay-center';
export const START = `${COMMAND} start`;
