/** Speaks OpenID Connect with the identity provider: leads people there, checks what they bring back, and says what went wrong. */
import { Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Clock } from '../platform/clock.js';
import { refused } from '../platform/errors.js';
import { Seal } from '../platform/seal.js';
import { personIn, type Provider, type ProviderPerson } from './provider-claims.js';
import { isLoopback, SECRET_PLACE, SignInSettingsService } from './sign-in-settings.service.js';

/** Its clock and ours may differ by that. */
const TOLERANCE_S = 60;
const ANSWER_S = 10;
/** Time to sign in there. */
const VISIT_MS = 10 * 60_000;
const KNOWN_MS = 60_000;
const VISIT = 'visit to the provider';

/** Why a sign-in at the provider did not come to its end. The sign-in page says each in words. */
export type ProviderProblem =
  | 'OFF' // none is set up
  | 'DOWN' // it does not answer, or not as a provider does
  | 'SETUP' // it does not take this client
  | 'CANCELLED' // the person, or the provider for them, gave up
  | 'OVER' // took too long, or began in another browser
  | 'CLOCK' // what it says is of another time
  | 'UNTRUSTED' // what it says is not meant for us
  | 'NO_EMAIL'
  | 'NO_GROUP'
  | 'NO_AGENT'
  | 'NOT_VERIFIED'
  | 'TAKEN'
  | 'DEACTIVATED';

export class ProviderFailed extends Error {
  constructor(
    readonly problem: ProviderProblem,
    options?: ErrorOptions,
  ) {
    super(problem, options);
  }
}

/** What this browser has to bring back. */
interface Visit {
  state: string;
  nonce: string;
  verifier: string;
  to: string | null;
  until: number;
}

interface Returned {
  person: ProviderPerson;
  idToken: string;
}

export const redirectUriAt = (address: string): string => `${address}/session/provider/callback`;
export const signedOutUriAt = (address: string): string => `${address}/console/sign-in`;

@Injectable()
export class ProviderService {
  private readonly log = new Logger('provider');
  /** What it said of itself, for a minute: whoever asks for sign-ins by the thousand does not have it asked by the thousand. */
  private known: { key: string; until: number; configuration: Promise<oidc.Configuration> } | null = null;

  constructor(
    private readonly settings: SignInSettingsService,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** @returns where to send the browser, and what it has to keep meanwhile @throws ProviderFailed */
  async begin(to: string | null): Promise<{ url: URL; visit: string }> {
    const { provider, address } = await this.current();
    const visit: Visit = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      to,
      until: this.clock.now().getTime() + VISIT_MS,
    };
    const url = oidc.buildAuthorizationUrl(await this.reach(provider), {
      redirect_uri: redirectUriAt(address),
      scope: provider.scopes.join(' '),
      code_challenge: await oidc.calculatePKCECodeChallenge(visit.verifier),
      code_challenge_method: 'S256',
      state: visit.state,
      nonce: visit.nonce,
    });
    return { url, visit: Buffer.from(this.seal.close(JSON.stringify(visit), VISIT)).toString('base64url') };
  }

  /** Where a visit was to lead in the end; null where that is not known. */
  destination(visit: string | undefined): string | null {
    return this.visitOf(visit)?.to ?? null;
  }

  /** @param query of the address that the provider sent the browser back to @throws ProviderFailed */
  async complete(visit: string | undefined, query: string): Promise<Returned> {
    const { provider, address } = await this.current();
    const begun = this.visitOf(visit);
    if (!begun || begun.until <= this.clock.now().getTime()) throw new ProviderFailed('OVER');
    const configuration = await this.reach(provider);
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${redirectUriAt(address)}${query}`), {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims || !tokens.id_token) throw new ProviderFailed('UNTRUSTED');
      // Many providers keep the address and the groups out of the token.
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
      return { person: personIn({ ...more, ...claims }, provider.groupsClaim), idToken: tokens.id_token };
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** Where the person signs out there too; null where the provider has no such place, or cannot be asked now. */
  async signOutUrl(idToken: string): Promise<string | null> {
    try {
      const { provider, address } = await this.current();
      const configuration = await this.reach(provider);
      if (!configuration.serverMetadata().end_session_endpoint) return null;
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: signedOutUriAt(address) };
      return oidc.buildEndSessionUrl(configuration, parameters).href;
    } catch (error) {
      if (error instanceof ProviderFailed) return null;
      throw error;
    }
  }

  /** Whether it is a provider and takes our client, which a code that it never gave out shows. */
  async tryOut(): Promise<{ problem: string | null; signsOut: boolean }> {
    const { provider, address, secret } = await this.saved();
    let configuration: oidc.Configuration;
    try {
      configuration = await this.discover(provider, secret);
    } catch (error) {
      return { problem: `${whyUnreachable(error)} Check the issuer ${provider.issuer}, and that this engine reaches it.`, signsOut: false };
    }
    const metadata = configuration.serverMetadata();
    const signsOut = metadata.end_session_endpoint !== undefined;
    const unknown = metadata.scopes_supported ? provider.scopes.filter((scope) => !metadata.scopes_supported?.includes(scope)) : [];
    if (!metadata.authorization_endpoint || !metadata.token_endpoint)
      return { problem: 'It answers, but names no place to sign in or to fetch tokens at; it is no OpenID Connect provider.', signsOut };
    if (unknown.length > 0) return { problem: `It does not know the scopes ${unknown.join(', ')}.`, signsOut };
    try {
      await oidc.genericGrantRequest(configuration, 'authorization_code', {
        code: oidc.randomNonce(),
        redirect_uri: redirectUriAt(address),
        code_verifier: oidc.randomPKCECodeVerifier(),
      });
    } catch (error) {
      const said = error instanceof oidc.ResponseBodyError ? error.error : null;
      if (said === 'invalid_grant') return { problem: null, signsOut };
      if (said === 'invalid_client' || error instanceof oidc.WWWAuthenticateChallengeError)
        return { problem: 'It is there, but does not know this client, or the secret is not right.', signsOut };
      return { problem: said ? `It is there, but refuses this client: ${said}.` : whyUnreachable(error), signsOut };
    }
    return { problem: null, signsOut };
  }

  private async saved(): Promise<{ provider: Provider; address: string; secret: string }> {
    const { provider, address, secret } = await this.settings.provider();
    if (!provider) throw refused('No provider is set up: save one first.');
    if (address === null) throw refused('Say first at which address people open this center.');
    return { provider, address, secret: secret ? this.seal.open(secret, SECRET_PLACE) : '' };
  }

  private async current(): Promise<{ provider: Provider; address: string }> {
    const { provider, address } = await this.settings.provider();
    if (!provider?.enabled || address === null) throw new ProviderFailed('OFF');
    return { provider, address };
  }

  private async reach(provider: Provider): Promise<oidc.Configuration> {
    const { secret } = await this.saved();
    const key = JSON.stringify([provider.issuer, provider.clientId, secret]);
    const now = this.clock.now().getTime();
    if (this.known?.key !== key || this.known.until <= now)
      this.known = { key, until: now + KNOWN_MS, configuration: this.discover(provider, secret) };
    const { known } = this;
    try {
      return await known.configuration;
    } catch (error) {
      if (this.known === known) this.known = null;
      throw this.failed(error, 'DOWN');
    }
  }

  private async discover({ issuer, clientId }: Provider, secret: string): Promise<oidc.Configuration> {
    const server = new URL(issuer);
    const metadata = { [oidc.clockTolerance]: TOLERANCE_S };
    const found = await oidc.discovery(server, clientId, metadata, undefined, {
      timeout: ANSWER_S,
      ...(isLoopback(server) && { execute: [oidc.allowInsecureRequests] }),
    });
    const methods = found.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const how =
      secret === ''
        ? oidc.None()
        : methods.includes('client_secret_basic')
          ? oidc.ClientSecretBasic(secret)
          : oidc.ClientSecretPost(secret);
    const configuration = new oidc.Configuration(found.serverMetadata(), clientId, metadata, how);
    configuration.timeout = ANSWER_S;
    if (isLoopback(server)) oidc.allowInsecureRequests(configuration);
    oidc.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  private visitOf(visit: string | undefined): Visit | null {
    if (!visit) return null;
    try {
      return JSON.parse(this.seal.open(Buffer.from(visit, 'base64url'), VISIT)) as Visit;
    } catch {
      return null;
    }
  }

  private failed(error: unknown, otherwise: ProviderProblem = 'UNTRUSTED'): ProviderFailed {
    if (error instanceof ProviderFailed) return error;
    const problem = problemOf(error) ?? otherwise;
    this.log.warn(`A sign-in at the identity provider failed: ${problem} (${codeOf(error)}).`);
    return new ProviderFailed(problem, { cause: error });
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? (error as Error).name);

function problemOf(error: unknown): ProviderProblem | null {
  if (error instanceof oidc.AuthorizationResponseError) return error.error === 'access_denied' ? 'CANCELLED' : 'SETUP';
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant' ? 'OVER' : 'SETUP';
  if (error instanceof oidc.WWWAuthenticateChallengeError) return 'SETUP';
  const code = codeOf(error);
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return 'CLOCK';
  if (['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR'].includes(code)) return 'DOWN';
  return isUnreachable(error) ? 'DOWN' : null;
}

/** What fetch throws where no connection comes about, or no answer in time; the library wraps some of it. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Object)) return false;
  const { name, message, cause } = error as Error;
  return (name === 'TypeError' && message === 'fetch failed') || name === 'TimeoutError' || name === 'AbortError' || isUnreachable(cause);
}

function whyUnreachable(error: unknown): string {
  const code = codeOf(error);
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') return 'It answers, but calls itself by another issuer.';
  if (code === 'OAUTH_HTTP_REQUEST_FORBIDDEN') return 'It is asked over plain HTTP, which only one on this machine may be.';
  return isUnreachable(error)
    ? `It cannot be reached, or does not answer within ${ANSWER_S} s.`
    : 'It does not answer as an OpenID Connect provider does.';
}
