/** The engine's address: whoever installs the application puts it in this one's place, in every built component. */
export const builtInAddress: string = 'PATCHBAY_URL_BUILT_IN';
