/** Who speaks: tokens that look like Twenty's and hold the same claims, signed by the contract server itself. */
import { createHmac, randomUUID } from 'node:crypto';
import { refuse, unauthenticated } from './errors.js';

export type TokenKind = 'API_KEY' | 'ACCESS' | 'APPLICATION_ACCESS';

export interface Claims {
  sub: string;
  type: TokenKind;
  workspaceId: string;
  iat: number;
  exp: number;
  jti?: string;
  applicationId?: string;
  userId?: string;
  userWorkspaceId?: string;
  workspaceMemberId?: string;
}

export interface ApiKey {
  id: string;
  name: string;
  expiresAt: string;
  revokedAt: string | null;
  roleId: string;
  createdAt: string;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class Tokens {
  readonly apiKeys = new Map<string, ApiKey>();
  private readonly secret = randomUUID();

  constructor(private readonly now: () => number) {}

  mint(claims: Omit<Claims, 'iat' | 'exp'>, lifetimeMs: number): string {
    const iat = Math.floor(this.now() / 1000);
    const body = `${encode({ alg: 'ES256', typ: 'JWT', kid: 'contract' })}.${encode({ ...claims, iat, exp: iat + Math.floor(lifetimeMs / 1000) })}`;
    return `${body}.${this.sign(body)}`;
  }

  /** @returns null without a token. @throws Refusal UNAUTHENTICATED, or FORBIDDEN for a key that was revoked or ran out */
  read(authorization: string | undefined): Claims | null {
    const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1]?.trim();
    if (!token) return null;
    const [header = '', payload = '', signature] = token.split('.');
    if (signature !== this.sign(`${header}.${payload}`)) throw unauthenticated('Token invalid.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
    if (claims.exp * 1000 <= this.now()) throw unauthenticated('Token has expired.');
    if (claims.type === 'API_KEY') this.checkKey(claims.jti ?? '');
    return claims;
  }

  private checkKey(id: string): void {
    const key = this.apiKeys.get(id);
    const no = (message: string) =>
      refuse(message, 'FORBIDDEN_EXCEPTION', 'You do not have permission to perform this action.', 'FORBIDDEN');
    if (!key || key.revokedAt) throw no('This API Key is revoked');
    if (Date.parse(key.expiresAt) < this.now()) throw no('This API Key is expired');
  }

  private sign(body: string): string {
    return createHmac('sha256', this.secret).update(body).digest('base64url');
  }
}
