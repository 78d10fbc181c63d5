/** A real OpenID Connect provider in this process, at which people sign in by their name alone, and whose tokens can be spoiled. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Configuration, Provider } from 'oidc-provider';

export interface Account {
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
}

type Claims = Record<string, unknown>;

export const CLIENT = { id: 'patchbay', secret: 'a secret that both of them know' };

const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** Without its advice for production. */
async function quietly(issuer: string, configuration: Configuration): Promise<Provider> {
  const shown = globalThis.console;
  const { warn } = shown;
  shown.warn = () => undefined;
  try {
    return new (await import('oidc-provider')).Provider(issuer, configuration);
  } finally {
    shown.warn = warn;
  }
}

export class IdentityProvider {
  readonly accounts = new Map<string, Account>();
  /** Changes what the next ID tokens say, before they are signed. */
  spoil: ((claims: Claims) => Claims) | null = null;

  /** The next ID tokens are signed with a key that is not the provider's. */
  isForging = false;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  /** @param center the origin of the engine */
  static async start(center: string): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const own = new IdentityProvider(server, issuer);
    const [privateKey, foreignKey] = [newKey(), newKey()];
    const provider = await quietly(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [`${center}/session/provider/callback`],
          post_logout_redirect_uris: [`${center}/console/sign-in`],
        },
      ],
      jwks: { keys: [{ ...(privateKey.export({ format: 'jwk' }) as { kty: 'RSA' }), kid: 'own', use: 'sig', alg: 'RS256' }] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      cookies: { keys: ['of the provider'] },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = `<!doctype html><title>Company</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
          },
        },
      },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...own.accounts.get(accountId) }) }),
      // Everybody here has consented.
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({ clientId: CLIENT.id, accountId: context.oidc.session!.accountId! });
        grant.addOIDCScope('openid email profile groups');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (!(own.spoil || own.isForging) || context.path !== '/token' || !body?.id_token) return;
      const [header, payload] = body.id_token.split('.') as [string, string];
      const honest = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
      const claims = own.spoil ? own.spoil(honest) : honest;
      const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      context.body = {
        ...body,
        id_token: `${signed}.${sign('RSA-SHA256', Buffer.from(signed), own.isForging ? foreignKey : privateKey).toString('base64url')}`,
      };
    });
    const answer = provider.callback();
    server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
      if (request.method === 'GET')
        return void response
          .setHeader('content-type', 'text/html')
          .end(
            '<!doctype html><title>Company</title><form method="post"><label>Who <input name="who"></label><button>Sign in</button></form>',
          );
      let sent = '';
      request.on('data', (chunk: Buffer) => (sent += chunk.toString()));
      request.on('end', () => {
        const who = new URLSearchParams(sent).get('who');
        const result = who ? { login: { accountId: who } } : { error: 'access_denied' };
        provider.interactionFinished(request, response, result).catch((error: unknown) => response.destroy(error as Error));
      });
    });
    return own;
  }

  /** What it is set up as in the engine. */
  settings(groups: { group: string; role: string }[]): Record<string, unknown> {
    return {
      enabled: true,
      name: 'Company',
      issuer: this.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      scopes: ['openid', 'email', 'profile', 'groups'],
      groupsClaim: 'groups',
      groups,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
