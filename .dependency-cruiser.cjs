/** The arrows between folders, as docs/architecture.md draws them; each rule was broken once to see it bite. */
const domains =
  'access|audit|interactions|queues|agents|routing|sla|automation|customers|consents|leads|campaigns|offers|live|intake|crm|configuration|health';

module.exports = {
  forbidden: [
    {
      name: 'platform-knows-no-domain',
      comment: 'What no domain owns cannot depend on one.',
      severity: 'error',
      from: { path: '^plugin/src/platform/' },
      to: { path: `^plugin/src/(${domains})/` },
    },
    {
      name: 'pure-files-do-nothing',
      comment:
        'A file that is neither service, resolver, controller, module, action nor decorator computes: no framework, no database, no I/O, no clock.',
      severity: 'error',
      from: {
        path: `^plugin/src/(${domains})/`,
        pathNot: '\\.(service|resolver|controller|module|filter|action|decorator)\\.ts$|\\.sql\\.ts$',
      },
      to: {
        path: '^node_modules/(@nestjs|@prisma|pg|bullmq|fastify)|generated/prisma|platform/(database|commands|event-tail|clock)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-service-behind-a-pure-file',
      comment: 'Pure files are called by services, never the other way round.',
      severity: 'error',
      from: { path: `^plugin/src/(${domains})/`, pathNot: '\\.(service|resolver|controller|module|filter|action|decorator)\\.ts$' },
      to: { path: '\\.(service|resolver|controller|module|filter|action|decorator)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'services-speak-no-graphql',
      comment: "The API is a resolver's business.",
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: { path: '\\.resolver\\.ts$|^node_modules/(@nestjs/graphql|@apollo)' },
    },
    {
      name: 'host-names-stay-in-crm',
      comment: 'Nothing but crm/<host>/ knows that host.',
      severity: 'error',
      from: { path: '^plugin/src/', pathNot: '^plugin/src/crm/|^plugin/src/app\\.module\\.ts$' },
      to: { path: '^plugin/src/crm/[^/]+/' },
    },
    {
      name: 'pages-speak-to-the-api-only',
      comment: 'The desk will run inside a CRM: it knows the contract and nothing of the engine.',
      severity: 'error',
      from: { path: '^(plugin/console|plugin/desk|plugin/twenty-app|pages|wallboard|seed)/(src|lint|last-resort)/' },
      to: { path: '^plugin/(src|prisma)/' },
    },
    {
      name: 'definitions-import-nothing',
      comment: 'The build reads the definition of a channel where nothing else is built yet.',
      severity: 'error',
      from: { path: '^graphql/channels?(/|\\.ts$)' },
      to: { path: '.' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nothing-orphaned',
      severity: 'error',
      from: {
        orphan: true,
        pathNot:
          '^graphql/channels?(/|\\.ts$)|\\.d\\.ts$|/last-resort/watch\\.js$|\\.(cjs|mjs)$|/vite\\.config\\.ts$|/generated/|(^|/)test/',
      },
      to: {},
    },
    {
      name: 'dependencies-are-declared',
      severity: 'error',
      from: { path: '^(plugin|pages|wallboard|seed|e2e|graphql)/', pathNot: '/test/|^e2e/|vite\\.config\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/generated/' },
    exclude: { path: '^(plugin|plugin/console|plugin/desk|wallboard|seed|e2e|graphql)/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
