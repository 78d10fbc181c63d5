/** The engine's address, when the build was told it (`build.mjs --address`, which replaces this file in the copy that it builds). */
export const builtInAddress: string = '';
