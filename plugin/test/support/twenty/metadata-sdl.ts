/** The part of `/metadata` of Twenty 2.21 that a contact center meets: names, arguments and nullability as the server introspects them. */

export const METADATA_SDL = `
scalar UUID
scalar DateTime
scalar JSON
scalar Upload
scalar ConnectionCursor

enum FileFolder { CorePicture AgentChat BuiltLogicFunction BuiltFrontComponent PublicAsset Source FilesField Dependencies Workflow EmailAttachment AppTarball GeneratedSdkClient Dpa }
enum RelationType { ONE_TO_MANY MANY_TO_ONE }

type FullName { firstName: String! lastName: String! }
type WorkspaceMember { id: UUID! name: FullName! userEmail: String! colorScheme: String! avatarUrl: String locale: String timeZone: String userWorkspaceId: UUID roles: [Role!] }
type Workspace { id: UUID! displayName: String subdomain: String! activationStatus: String! metadataVersion: Float! databaseSchema: String! createdAt: DateTime! updatedAt: DateTime! installedApplications: [Application!]! }
type User { id: UUID! email: String! firstName: String! lastName: String! locale: String! createdAt: DateTime! updatedAt: DateTime! workspaceMember: WorkspaceMember currentWorkspace: Workspace }
type Webhook { id: UUID! targetUrl: String! operations: [String!]! description: String secret: String! applicationId: UUID! createdAt: DateTime! updatedAt: DateTime! deletedAt: DateTime }
type Role { id: UUID! universalIdentifier: UUID label: String! description: String icon: String isEditable: Boolean! canBeAssignedToUsers: Boolean! canBeAssignedToAgents: Boolean! canBeAssignedToApiKeys: Boolean! canUpdateAllSettings: Boolean! canAccessAllTools: Boolean! canReadAllObjectRecords: Boolean! canUpdateAllObjectRecords: Boolean! canSoftDeleteAllObjectRecords: Boolean! canDestroyAllObjectRecords: Boolean! workspaceMembers: [WorkspaceMember!] apiKeys: [ApiKeyForRole!] }
type ApiKeyForRole { id: UUID! name: String! expiresAt: DateTime! revokedAt: DateTime }
type ApiKey { id: UUID! name: String! expiresAt: DateTime! revokedAt: DateTime createdAt: DateTime! updatedAt: DateTime! role: Role! }
type ApplicationVariable { id: UUID! key: String! value: String! description: String! isSecret: Boolean! type: String! options: JSON }
type Application { id: UUID! name: String! description: String logo: String version: String universalIdentifier: String! availablePackages: JSON! applicationRegistrationId: UUID canBeUninstalled: Boolean! defaultRoleId: String objects: [Object!]! applicationVariables: [ApplicationVariable!]! }
type ApplicationRegistration { id: UUID! universalIdentifier: String! name: String! oAuthClientId: String! oAuthRedirectUris: [String!]! oAuthScopes: [String!]! ownerWorkspaceId: UUID sourceType: String! sourcePackage: String latestAvailableVersion: String isListed: Boolean! isVetted: Boolean! isPreInstalled: Boolean! logoUrl: String createdAt: DateTime! updatedAt: DateTime! isConfigured: Boolean! }
type CreateApplicationRegistration { applicationRegistration: ApplicationRegistration! clientSecret: String! }
type DevelopmentApplication { id: String! universalIdentifier: String! }
type WorkspaceMigration { applicationUniversalIdentifier: String! actions: JSON! }
type File { id: UUID! path: String! size: Float! createdAt: DateTime! }
type AuthToken { token: String! expiresAt: DateTime! }
type ApplicationTokenPair { applicationAccessToken: AuthToken! applicationRefreshToken: AuthToken! }
type Index { id: UUID! name: String! isCustom: Boolean isUnique: Boolean! }
type Relation { type: RelationType! sourceObjectMetadata: Object! targetObjectMetadata: Object! sourceFieldMetadata: Field! targetFieldMetadata: Field! }
type Field { id: UUID! universalIdentifier: String! type: String! name: String! label: String! description: String icon: String isActive: Boolean isSystem: Boolean isUIEditable: Boolean isNullable: Boolean isUnique: Boolean defaultValue: JSON options: JSON settings: JSON objectMetadataId: UUID! applicationId: UUID! createdAt: DateTime! updatedAt: DateTime! relation: Relation object: Object }
type Object { id: UUID! universalIdentifier: String! nameSingular: String! namePlural: String! labelSingular: String! labelPlural: String! description: String icon: String isRemote: Boolean! isActive: Boolean! isSystem: Boolean! isUIEditable: Boolean! isUICreatable: Boolean! isSearchable: Boolean! applicationId: UUID! createdAt: DateTime! updatedAt: DateTime! labelIdentifierFieldMetadataId: UUID fieldsList: [Field!]! indexMetadataList: [Index!]! fields(paging: CursorPaging! = {first: 10}, filter: FieldFilter! = {}): FieldConnection! }
type PageInfo { hasNextPage: Boolean hasPreviousPage: Boolean startCursor: ConnectionCursor endCursor: ConnectionCursor }
type ObjectEdge { node: Object! cursor: ConnectionCursor! }
type ObjectConnection { pageInfo: PageInfo! edges: [ObjectEdge!]! }
type FieldEdge { node: Field! cursor: ConnectionCursor! }
type FieldConnection { pageInfo: PageInfo! edges: [FieldEdge!]! }

input CursorPaging { before: ConnectionCursor after: ConnectionCursor first: Int last: Int }
input UUIDFilterComparison { is: Boolean isNot: Boolean eq: UUID neq: UUID in: [UUID!] notIn: [UUID!] }
input BooleanFieldComparison { is: Boolean isNot: Boolean }
input ObjectFilter { and: [ObjectFilter!] or: [ObjectFilter!] id: UUIDFilterComparison isRemote: BooleanFieldComparison isActive: BooleanFieldComparison isSystem: BooleanFieldComparison isSearchable: BooleanFieldComparison }
input FieldFilter { and: [FieldFilter!] or: [FieldFilter!] id: UUIDFilterComparison isActive: BooleanFieldComparison isSystem: BooleanFieldComparison isUIEditable: BooleanFieldComparison objectMetadataId: UUIDFilterComparison }
input CreateWebhookInput { id: UUID targetUrl: String! operations: [String!]! description: String secret: String }
input UpdateWebhookInputUpdates { targetUrl: String operations: [String!] description: String secret: String }
input UpdateWebhookInput { id: UUID! update: UpdateWebhookInputUpdates! }
input CreateApplicationRegistrationInput { name: String! universalIdentifier: String oAuthRedirectUris: [String!] oAuthScopes: [String!] }
input CreateApiKeyInput { name: String! expiresAt: String! revokedAt: String roleId: UUID! }

type Query {
  currentUser: User!
  currentWorkspace: Workspace!
  webhooks: [Webhook!]!
  webhook(id: UUID!): Webhook
  apiKeys: [ApiKey!]!
  getRoles: [Role!]!
  object(id: UUID!): Object!
  objects(paging: CursorPaging! = {first: 10}, filter: ObjectFilter! = {}): ObjectConnection!
  field(id: UUID!): Field!
  fields(paging: CursorPaging! = {first: 10}, filter: FieldFilter! = {}): FieldConnection!
  findManyApplications: [Application!]!
  findOneApplication(id: UUID, universalIdentifier: UUID): Application!
  findApplicationRegistrationByUniversalIdentifier(universalIdentifier: String!): ApplicationRegistration
  findManyApplicationRegistrations: [ApplicationRegistration!]!
}

type Mutation {
  createWebhook(input: CreateWebhookInput!): Webhook!
  updateWebhook(input: UpdateWebhookInput!): Webhook!
  deleteWebhook(id: UUID!): Webhook!
  createApiKey(input: CreateApiKeyInput!): ApiKey!
  createApplicationRegistration(input: CreateApplicationRegistrationInput!): CreateApplicationRegistration!
  createDevelopmentApplication(universalIdentifier: String!, name: String!): DevelopmentApplication!
  generateApplicationToken(applicationId: UUID!): ApplicationTokenPair!
  uploadApplicationFile(file: Upload!, applicationUniversalIdentifier: String!, fileFolder: FileFolder!, filePath: String!): File!
  syncApplication(manifest: JSON!, dryRun: Boolean): WorkspaceMigration!
  uninstallApplication(universalIdentifier: String!): Boolean!
  updateOneApplicationVariable(key: String!, value: String!, applicationId: UUID!): Boolean!
}
`;
