/** Signs in users of the CRM by its token, without a password of ours. */
import { Injectable } from '@nestjs/common';
import { TokensService } from '../access/tokens.service.js';
import { AgentsService } from '../agents/agents.service.js';
import { Clock } from '../platform/clock.js';
import type { Actor } from '../platform/commands.js';
import { forbidden, notFound, PatchbayError, unavailable } from '../platform/errors.js';
import type { CrmSignInPurpose } from '../platform/generated/graphql.js';
import { uuidv7 } from '../platform/ids.js';
import { Limits } from '../platform/limits.js';
import { CrmConnectionService } from './connection.service.js';
import { HostFailure, type HostUser } from './host.js';

/** A token lasts as long as the CRM's own; the page renews it before it ends. */
const VALID_SECONDS = 1_800;
/** An administrator's ends sooner, for when the CRM cannot be asked whether it still stands. */
const ADMINISTRATOR_SECONDS = 900;
/** A page inside the CRM ends with each step to the next page: an agent counts as lost only when none was open for that long. */
const AWAY_MS = VALID_SECONDS * 1_000;

interface NewToken {
  secret: string;
  expiresAt: Date;
}

export const CRM: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'CRM' };

@Injectable()
export class SignInService {
  constructor(
    private readonly connections: CrmConnectionService,
    private readonly agents: AgentsService,
    private readonly tokens: TokensService,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  /**
   * @param token the CRM's, as its page has it
   * @param address where the call comes from: failures are counted by it
   */
  async signIn(token: string, purpose: CrmSignInPurpose, address: string): Promise<NewToken> {
    const user = await this.limits.guarded(address, false, () => this.identify(token));
    return purpose === 'CONSOLE' ? this.administrator(user) : this.agent(user);
  }

  private async administrator({ userId: crmUserId, name, isAdministrator }: HostUser): Promise<NewToken> {
    if (!isAdministrator) {
      throw forbidden(
        `Administration is for those who may change every setting of the CRM, ${name}: ask one of them for that role, or sign in to the console with a sign-in of your own.`,
      );
    }
    await this.tokens.clear({ crmUserId });
    return this.newToken({ name: `${name} in the CRM`, role: 'ADMIN', crmUserId, validSeconds: ADMINISTRATOR_SECONDS });
  }

  private async agent(user: HostUser): Promise<NewToken> {
    const agent = await this.agents.byEmail(user.email);
    if (!agent) {
      throw forbidden(
        `You are not an agent of the contact center yet. An administrator adds you, ${user.name}, under Contact center › Agent profiles in the CRM.`,
      );
    }
    if (!agent.active)
      throw forbidden('You do not work in the contact center any more. Ask an administrator to activate your agent profile.');
    await this.agents.allowAway(agent.id, AWAY_MS);
    // Each page of the CRM signs in by itself: without this, the list of tokens would hold nothing else.
    await this.tokens.clear({ agentId: agent.id });
    return this.newToken({ name: `${agent.name} in the CRM`, role: 'AGENT', agentId: agent.id, validSeconds: VALID_SECONDS });
  }

  private async newToken(input: Omit<Parameters<TokensService['create']>[1], 'idempotencyKey'>): Promise<NewToken> {
    const { secret, token: made } = await this.tokens.create(CRM, { idempotencyKey: uuidv7(), ...input });
    return { secret: secret ?? '', expiresAt: made.expiresAt ?? this.clock.now() };
  }

  private async identify(token: string): Promise<HostUser> {
    const connection = await this.connections.get();
    if (!connection) throw notFound('CRM', 'connected to this contact center');
    try {
      return await this.connections.host(connection).identify(token);
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
      if (error.kind === 'DENIED' || error.kind === 'INVALID') {
        throw new PatchbayError('UNAUTHENTICATED', 'The CRM does not know this sign-in; reload the page of the CRM.', {}, { cause: error });
      }
      throw unavailable('The CRM does not answer now, so it cannot say who you are; try again in a few seconds.', error);
    }
  }
}
