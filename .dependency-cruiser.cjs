/**
 * The walls between folders, checked by `npm run lint`: dependency-cruiser, https://github.com/sverweij/dependency-cruiser.
 * Pages (`*.tsx`) are not read by it, as its swc parser knows no JSX; oxlint keeps theirs.
 */
const walled = ['auth', 'console', 'gateway', 'logs', 'sessions', 'tools', 'triggers', 'workbench'];
const inWalled = `^apps/(?:${walled.join('|')})/src`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle-of-folders',
      comment: 'What lists or starts moves up, what many need moves down.',
      severity: 'error',
      scope: 'folder',
      from: { path: `${inWalled}/` },
      to: { circular: true },
    },
    {
      name: 'through-the-public-face',
      comment: "A folder's files are its own: others import what its index.ts exports.",
      severity: 'error',
      from: { path: `(${inWalled})/([^/]+)/` },
      to: { path: '^$1/[^/]+/', pathNot: ['^$1/$2/', '^$1/[^/]+/index[.]ts$'] },
    },
    {
      name: 'assembled-by-public-faces',
      comment: 'What puts a service together needs no more of its folders than the folders do of each other.',
      severity: 'error',
      from: { path: `(${inWalled})/[^/]+[.]ts$` },
      to: { path: '^$1/[^/]+/', pathNot: ['^$1/[^/]+/index[.]ts$', '^$1/migrations/'] },
    },
  ],
  options: {
    parser: 'swc',
    // Types count too: a folder that needs another's types needs that folder.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test)/|[.](test|d)[.]ts$|[.]tsx$' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
