/** What Twenty, around the component, gives it: where the engine is, and the token that says who looks. */
import { getApplicationVariable } from 'twenty-sdk/front-component';
import { builtInAddress } from './built-in';
import { addressOf } from './engine';

interface Host {
  requestAccessTokenRefresh?: () => Promise<string>;
}

/**
 * Twenty 2.21 keeps application variables encrypted and hands components what it keeps (`enc:v2:…`), which nobody can use; then the
 * address counts that the application was built with.
 */
export const engineAddress = () => addressOf(getApplicationVariable('PATCHBAY_URL')) ?? addressOf(builtInAddress);

/** Of Twenty's own server. */
export const twentyAddress = () => process.env.TWENTY_API_URL ?? '';

export const givenToken = () => process.env.TWENTY_APP_ACCESS_TOKEN ?? '';

/**
 * A token that is good for another half an hour. The SDK has no function for it; its own API client asks the host in this way. The
 * one that came with the component may be as old as Twenty's own copy of the component, so it is only the second best.
 */
export const freshToken = async (): Promise<string> => {
  const host = (globalThis as { frontComponentHostCommunicationApi?: Host }).frontComponentHostCommunicationApi;
  try {
    return (await host?.requestAccessTokenRefresh?.()) || givenToken();
  } catch {
    return givenToken();
  }
};
