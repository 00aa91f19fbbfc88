// The import table of the house (CONTRIBUTING.md): data walks one corridor, contract -> http -> core -> port -> engine.

const TESTS = '\\.test\\.ts$';

/** A room of ours, and the only others of ours that it may import. A test may stand in any room. */
const room = (name, path, allowed) => ({
  name,
  comment: `${path} may import of ours: ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^${path}`, pathNot: TESTS },
  to: { path: '^(api|service|web|load)/', pathNot: [...[path, ...allowed].map((each) => `^${each}`), 'node_modules/'] },
});

export default {
  forbidden: [
    room('api', 'api/', ['service/tasks/[^/]+/schema\\.yaml$']),
    room('sdk', 'api/sdk/', ['api/generated/(types|task-types)\\.ts$']),
    room('core', 'service/core/', ['api/']),
    room('tasks', 'service/tasks/', ['api/', 'service/package\\.json$']),
    room('http', 'service/http/', ['service/core/', 'api/', 'service/testing/']),
    room('live', 'service/live/', ['service/core/', 'service/http/', 'api/', 'service/testing/']),
    room('handling', 'service/handling/', ['service/core/', 'api/']),
    room('web', 'web/src/', ['api/']),
    room('load', 'load/', ['api/']),
    room('faults', 'service/faults/', ['service/core/', 'api/']),
    room('embedded', 'service/embedded/', ['service/core/', 'service/handling/', 'api/']),
    room('aws', 'service/aws/', ['service/core/', 'api/']),
    {
      name: 'one-machine-loads-no-cloud',
      comment: 'The server of one machine needs no package of AWS, and AWS none of the one machine.',
      severity: 'error',
      from: { path: '^(service/(embedded|core|http|live|handling|tasks|faults)/|service/server\\.ts$)' },
      to: { path: '(^service/(aws|lambda)/|node_modules/@(aws-sdk|smithy)/)' },
    },
    {
      name: 'cloud-loads-no-one-machine',
      severity: 'error',
      from: { path: '^service/(aws|lambda)/', pathNot: TESTS },
      to: { path: '^service/(embedded/|server\\.ts$)' },
    },
    {
      name: 'testing-serves-tests',
      comment: 'The product imports nothing of service/testing; fixtures that stand beside tests may.',
      severity: 'error',
      from: {
        path: '^service/',
        pathNot: [
          TESTS,
          '^service/testing/',
          '^service/http/(door-under-test|simulated-house|identity/oidc-under-test)',
        ],
      },
      to: { path: '^service/testing/' },
    },
    {
      name: 'nobody-imports-the-front-door',
      severity: 'error',
      from: {},
      to: { path: '^service/server\\.ts$' },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'What begins with $app/ SvelteKit makes when it builds.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^\\$app/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'api/generated'] },
    exclude: { path: ['fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
