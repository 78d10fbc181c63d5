/** `/metadata` of Twenty 2.21: who one is, the data model, webhooks, applications; validated against its schema, unlike `/graphql`. */
import { randomUUID } from 'node:crypto';
import { buildSchema, execute, type GraphQLError, validate } from 'graphql';
import type { Applications, Application } from './applications.js';
import { forbidden, refuse, Refusal, STANDARD, type FormattedError } from './errors.js';
import type { Row } from './filters.js';
import { METADATA_SDL } from './metadata-sdl.js';
import type { Answer, ParsedRequest } from './record-api.js';
import type { Records } from './records.js';
import type { Entity, Field } from './schema.js';
import type { Claims, Tokens } from './tokens.js';
import type { Webhooks } from './webhooks.js';

export interface Workspace {
  id: string;
  displayName: string;
}

export interface MetadataParts {
  workspace: Workspace;
  records: Records;
  tokens: Tokens;
  webhooks: Webhooks;
  applications: Applications;
}

interface Paging {
  first?: number;
  after?: string;
}
type Comparisons = Record<string, { is?: boolean; isNot?: boolean; eq?: string; in?: string[] }>;

const schema = buildSchema(METADATA_SDL);
/** Of the core schema of `/graphql`, only what the answer to an unknown field needs. */
const coreSchema = buildSchema('type Query { _: Boolean } type Mutation { _: Boolean }');
const APPLICATION_TOKEN_MS = 30 * 60_000;

/** The errors of a document that means nothing to the schema: a message and places, no code. */
export function validationErrors({ document }: ParsedRequest, against: 'core' | 'metadata'): FormattedError[] {
  return validate(against === 'core' ? coreSchema : schema, document).map(({ message, locations }) => ({
    message,
    locations: locations ?? [],
  }));
}

export class MetadataApi {
  constructor(private readonly parts: MetadataParts) {}

  async execute(request: ParsedRequest, variables: Record<string, unknown>, claims: Claims | null): Promise<Answer> {
    const seen = new Set<string>();
    for (const { name } of request.fields) {
      if (seen.has(name.value)) return { errors: [duplicateRoot(name.value)] };
      seen.add(name.value);
    }
    const invalid = validationErrors(request, 'metadata');
    if (invalid.length > 0) return { errors: invalid };
    const { data, errors } = await execute({
      schema,
      document: request.document,
      operationName: request.operation.name?.value ?? null,
      rootValue: this.root(claims),
      variableValues: variables,
    });
    return errors ? { errors: errors.map(formatted), data: data ?? null } : { data: data ?? null };
  }

  private root(claims: Claims | null): Record<string, unknown> {
    const { records, tokens, webhooks, applications, workspace } = this.parts;
    /** @throws Refusal without a token */
    const signed = (): Claims => {
      if (!claims) throw forbidden();
      return claims;
    };
    const guarded =
      <A, R>(resolve: (args: A) => R) =>
      (args: A): R => {
        signed();
        return resolve(args);
      };
    const entities = () => [...records.schema.entities.values()];
    return {
      currentUser: () => this.user(signed()),
      currentWorkspace: guarded(() => this.workspace()),
      webhooks: guarded(() => [...webhooks.all.values()]),
      webhook: guarded(({ id }: { id: string }) => webhooks.all.get(id) ?? null),
      apiKeys: guarded(() =>
        [...tokens.apiKeys.values()]
          .filter(({ revokedAt }) => !revokedAt)
          .map((key) => ({ ...key, updatedAt: key.createdAt, role: this.role(key.roleId) })),
      ),
      getRoles: guarded(() =>
        [...applications.roles.values()].map((role) => ({
          ...role,
          workspaceMembers: [...records.table('workspaceMember').values()].filter(
            ({ id, deletedAt }) => deletedAt === null && (applications.rolesOfMembers.get(id as string) ?? 'Admin') === role.label,
          ),
          apiKeys: [...tokens.apiKeys.values()].filter(({ roleId }) => roleId === role.id),
        })),
      ),
      object: guarded(({ id }: { id: string }) => this.object(found(entities().find((each) => each.id === id)))),
      objects: guarded(({ paging, filter }: { paging: Paging; filter: Comparisons }) =>
        connection(
          entities().filter((each) => fits({ ...each, isActive: true, isRemote: false }, filter)),
          paging,
          (each) => this.object(each),
        ),
      ),
      field: guarded(({ id }: { id: string }) => {
        const entity = entities().find(({ fields }) => fields.some((each) => each.id === id));
        return this.field(found(entity), found(entity?.fields.find((each) => each.id === id)));
      }),
      fields: guarded(({ paging, filter }: { paging: Paging; filter: Comparisons }) =>
        connection(
          entities()
            .flatMap((entity) => entity.fields.map((field) => ({ entity, field })))
            .filter(({ entity, field }) => fits({ ...field, isActive: true, objectMetadataId: entity.id }, filter)),
          paging,
          ({ entity, field }) => this.field(entity, field),
        ),
      ),
      findManyApplications: guarded(() => [...applications.installed.values()].map((each) => this.application(each))),
      findOneApplication: guarded((by: { id?: string; universalIdentifier?: string }) => this.application(applications.one(by))),
      findApplicationRegistrationByUniversalIdentifier: guarded(
        ({ universalIdentifier }: { universalIdentifier: string }) => applications.registrations.get(universalIdentifier) ?? null,
      ),
      findManyApplicationRegistrations: guarded(() => [...applications.registrations.values()]),
      createWebhook: guarded(({ input }: { input: Parameters<Webhooks['create']>[0] }) => webhooks.create(input)),
      updateWebhook: guarded(({ input }: { input: { id: string; update: Parameters<Webhooks['update']>[1] } }) =>
        webhooks.update(input.id, input.update),
      ),
      deleteWebhook: guarded(({ id }: { id: string }) => webhooks.delete(id)),
      createApiKey: () => {
        if (signed().type !== 'ACCESS')
          throw refuse(
            'This endpoint requires a session access token',
            'FORBIDDEN_EXCEPTION',
            'You do not have permission to perform this action.',
            'FORBIDDEN',
          );
        throw refuse('The contract server makes no API keys by API', null, STANDARD, 'INTERNAL_SERVER_ERROR');
      },
      createApplicationRegistration: guarded(({ input }: { input: Parameters<Applications['register']>[0] }) =>
        applications.register(input),
      ),
      createDevelopmentApplication: guarded(({ universalIdentifier, name }: { universalIdentifier: string; name: string }) =>
        applications.createDevelopment(universalIdentifier, name),
      ),
      generateApplicationToken: guarded(({ applicationId }: { applicationId: string }) => this.tokenPair(applicationId)),
      uploadApplicationFile: guarded(
        (args: { file: Buffer; applicationUniversalIdentifier: string; fileFolder: string; filePath: string }) =>
          applications.upload(args.applicationUniversalIdentifier, args.fileFolder, args.filePath, args.file),
      ),
      syncApplication: guarded(({ manifest, dryRun }: { manifest: Record<string, unknown>; dryRun?: boolean }) =>
        applications.sync(manifest, dryRun === true),
      ),
      uninstallApplication: guarded(({ universalIdentifier }: { universalIdentifier: string }) => {
        applications.uninstall(universalIdentifier);
        return true;
      }),
      updateOneApplicationVariable: guarded(({ key, value, applicationId }: { key: string; value: string; applicationId: string }) => {
        applications.setVariable(applicationId, key, value);
        return true;
      }),
      _workspaceId: workspace.id,
    };
  }

  /** @throws Refusal for a token without a user */
  private user(claims: Claims): Row {
    const member = [...this.parts.records.table('workspaceMember').values()].find(
      ({ userId }) => claims.userId && userId === claims.userId,
    );
    if (!member) throw forbidden();
    const name = member.name as Row;
    return {
      id: member.userId,
      email: member.userEmail,
      firstName: name.firstName ?? '',
      lastName: name.lastName ?? '',
      locale: member.locale,
      createdAt: member.createdAt,
      updatedAt: member.updatedAt,
      workspaceMember: {
        ...member,
        name: { firstName: name.firstName ?? '', lastName: name.lastName ?? '' },
        userWorkspaceId: claims.userWorkspaceId,
        roles: this.rolesOf(member.id as string),
      },
      currentWorkspace: this.workspace(),
    };
  }

  private rolesOf(memberId: string) {
    const { roles, rolesOfMembers } = this.parts.applications;
    return [...roles.values()].filter(({ label }) => label === (rolesOfMembers.get(memberId) ?? 'Admin'));
  }

  private workspace(): Row {
    const { workspace, applications } = this.parts;
    return {
      ...workspace,
      subdomain: 'contract',
      activationStatus: 'ACTIVE',
      metadataVersion: 1,
      databaseSchema: 'workspace_contract',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
      installedApplications: () => [...applications.installed.values()].map((each) => this.application(each)),
    };
  }

  private role(id: string) {
    return [...this.parts.applications.roles.values()].find((role) => role.id === id) ?? null;
  }

  private application(application: Application): Row {
    const { applications, records } = this.parts;
    return {
      ...application,
      applicationVariables: () => applications.shownVariables(application),
      objects: () =>
        [...records.schema.entities.values()].filter((each) => each.applicationId === application.id).map((each) => this.object(each)),
    };
  }

  private object(entity: Entity): Row {
    const fields = () => entity.fields.map((each) => this.field(entity, each));
    return {
      ...entity,
      isRemote: false,
      isActive: true,
      labelIdentifierFieldMetadataId: entity.fields.find(({ name }) => name === 'name' || name === 'title')?.id ?? null,
      fieldsList: fields,
      indexMetadataList: () => entity.indexes.map(({ name }) => ({ id: randomUUID(), name, isCustom: false, isUnique: true })),
      fields: ({ paging, filter }: { paging: Paging; filter: Comparisons }) =>
        connection(
          entity.fields.filter((each) => fits({ ...each, isActive: true, objectMetadataId: entity.id }, filter)),
          paging,
          (each) => this.field(entity, each),
        ),
    };
  }

  private field(entity: Entity, field: Field): Row {
    const { entities } = this.parts.records.schema;
    const target = field.relation ? entities.get(field.relation.target) : undefined;
    const inverse = target?.fields.find(({ name }) => name === field.relation?.inverse) ?? target?.fields[0];
    return {
      ...field,
      isActive: true,
      objectMetadataId: entity.id,
      object: () => this.object(entity),
      relation:
        field.relation && target && inverse && field.type === 'RELATION'
          ? {
              type: field.relation.kind,
              sourceObjectMetadata: () => this.object(entity),
              targetObjectMetadata: () => this.object(target),
              sourceFieldMetadata: () => this.field(entity, field),
              targetFieldMetadata: () => this.field(target, inverse),
            }
          : null,
    };
  }

  private tokenPair(applicationId: string): Row {
    const application = this.parts.applications.one({ id: applicationId });
    const token = this.parts.tokens.mint(
      { sub: application.id, type: 'APPLICATION_ACCESS', workspaceId: this.parts.workspace.id, applicationId: application.id },
      APPLICATION_TOKEN_MS,
    );
    const pair = { token, expiresAt: new Date(Date.now() + APPLICATION_TOKEN_MS).toISOString() };
    return { applicationAccessToken: pair, applicationRefreshToken: pair };
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw refuse('Not found', null, STANDARD, 'NOT_FOUND');
  return value;
}

function fits(value: object, filter: Comparisons): boolean {
  return Object.entries(filter).every(([key, comparison]) => {
    if (key === 'and') return (comparison as unknown as Comparisons[]).every((each) => fits(value, each));
    if (key === 'or') return (comparison as unknown as Comparisons[]).some((each) => fits(value, each));
    const actual = (value as Row)[key];
    const { is, isNot, eq, in: list } = comparison;
    return (
      (is === undefined || actual === is) &&
      (isNot === undefined || actual !== isNot) &&
      (eq === undefined || actual === eq) &&
      (list === undefined || list.includes(String(actual)))
    );
  });
}

/** Cursors of the metadata count places in the list. */
function connection<T>(all: T[], { first = 10, after }: Paging, show: (each: T) => Row): Row {
  const cursor = (place: number) => Buffer.from(`arrayconnection:${place}`).toString('base64');
  const from = after ? Number(Buffer.from(after, 'base64').toString().split(':')[1]) + 1 : 0;
  const page = all.slice(from, from + first);
  return {
    edges: page.map((each, index) => ({ node: show(each), cursor: cursor(from + index) })),
    pageInfo: {
      hasNextPage: from + first < all.length,
      hasPreviousPage: from > 0,
      startCursor: page.length > 0 ? cursor(from) : null,
      endCursor: page.length > 0 ? cursor(from + page.length - 1) : null,
    },
  };
}

function duplicateRoot(name: string): FormattedError {
  return {
    message: `Duplicate root resolver: "${name}"`,
    extensions: {
      userFriendlyMessage: {
        id: 'UrzTjS',
        message: 'Duplicate root resolver found. Each root resolver can only be called once per document.',
      },
      code: 'BAD_USER_INPUT',
    },
  };
}

/** What a resolver refused keeps its code and loses its path. */
function formatted(error: GraphQLError): FormattedError {
  if (error.originalError instanceof Refusal) return error.originalError.format();
  if (!error.originalError) return { message: error.message, ...(error.locations && { locations: error.locations }) };
  return { message: error.message, extensions: { code: 'INTERNAL_SERVER_ERROR', userFriendlyMessage: STANDARD } };
}
