/** In the CRM's sandboxed frame or any other whose origin is nobody's. */
export const isFramed = (): boolean => window.parent !== window;
