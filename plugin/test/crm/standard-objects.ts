/** Identifiers of Twenty's own objects, the same on every server. */
export const PERSON = '20202020-e674-48e5-a542-72570eee7213';
export const NOTE_TARGET = '20202020-fff0-4b44-be82-bda313884400';
