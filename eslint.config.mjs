import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', '**/.turbo/**', '**/.twenty/**', '**/.build/**', '.patchbay/**'] },
  ...tseslint.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['graphql/*.ts', 'graphql/client/*.ts', 'graphql/test/*.ts', 'plugin/prisma.config.ts', 'release/*.d.mts'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { prefer: 'type-imports', fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // `condition ? one() : other()` as a statement reads well enough.
      '@typescript-eslint/no-unused-expressions': ['error', { allowTernary: true, allowShortCircuit: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    ignores: ['**/vite.config.ts', 'plugin/prisma.config.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    // Constructor parameters of injected classes are needed at run time: their import must not become a type's.
    files: ['plugin/src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['wallboard/src/**', 'plugin/console/src/**', 'plugin/desk/src/**', 'plugin/twenty-app/src/front-components/**'],
    plugins: { 'react-hooks': hooks },
    rules: hooks.configs.recommended.rules,
  },
  {
    // What people read is said in their language: words by t, dates, numbers and durations by pages/src/formats.ts.
    files: ['wallboard/src/**', 'plugin/console/src/**', 'plugin/desk/src/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(toLocale(String|DateString|TimeString)|toFixed)$/]',
          message: 'Numbers and dates are said by @patchbay/pages/formats.',
        },
        {
          selector:
            "NewExpression[callee.object.name='Intl'][callee.property.name=/^(DateTimeFormat|NumberFormat|PluralRules|RelativeTimeFormat|ListFormat|DisplayNames)$/]",
          message: 'Numbers, dates and lists are said by @patchbay/pages/formats.',
        },
        {
          selector: 'ConditionalExpression[test.operator=/^[!=]==$/][test.right.value=1] > :matches(Literal, TemplateLiteral)',
          message: "Plurals are made by t('{{count}} …', { count }): languages have other forms than one and many.",
        },
        {
          // The product and keys have one name everywhere.
          selector:
            'JSXText[value=/[A-Za-z]{3}/]:not([value=/^\\s*(Patchbay|PostgreSQL|Redis|VIP|Ctrl|Shift|Enter|Esc)([ +].{1,2})?\\s*$/])',
          message: "What people read goes through t('…').",
        },
        {
          selector: 'JSXAttribute[name.name=/^(title|placeholder|alt|aria-label)$/] > Literal[value=/[A-Za-z]{3}/]',
          message: "What people read goes through t('…').",
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { parserOptions: { projectService: false } },
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-console': 'off' },
  },
  {
    files: ['plugin/test/**', '**/test/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo)$/]',
          message: 'Nothing is skipped in silence: name in the output what cannot run here, and why.',
        },
      ],
    },
  },
);
