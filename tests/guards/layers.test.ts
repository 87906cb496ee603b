import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesOf, root, textOf } from './repository.ts';

/** Forbidden imports: the importing file, and the imported module. */
const forbidden: readonly [file: string, imported: string][] = [
  ['src/api/server.ts', '../storage/database.ts'],
  ['src/api/sources/get-source.ts', '../../storage/sources/sources.ts'],
  ['src/api/sources/get-source.ts', '../../connectors/index.ts'],
  ['src/api/sources/get-source.ts', '../../tasks/task-runner.ts'],
  ['src/api/sources/get-source.ts', 'kysely'],
  ['src/domain/sources/sources.ts', '../../api/operation.ts'],
  ['src/domain/sources/sources.ts', '../../application.ts'],
  ['src/domain/sources/sources.ts', '../../connectors/delimited-file/settings.ts'],
  ['src/domain/sources/sources.ts', '../../connectors/index.ts'],
  ['src/domain/sources/sources.ts', 'fastify'],
  ['src/domain/aggregation/stage.ts', '../../tasks/task-runner.ts'],
  ['src/domain/aggregation/stage.ts', 'better-sqlite3'],
  ['src/storage/sources/sources.ts', '../../domain/sources/sources.ts'],
  ['src/storage/sqlite/connection.ts', '../../domain/sources/sources.ts'],
  ['src/storage/sources/sources.ts', '../../connectors/connector.ts'],
  ['src/tasks/task-runner.ts', '../api/operation.ts'],
  ['src/tasks/task-runner.ts', '../storage/sources/sources.ts'],
  ['src/tasks/task-runner.ts', '../connectors/index.ts'],
  ['src/tasks/task-runner.ts', 'pg'],
  ['src/api/sources/get-source.ts', '../../jobs/job-queue.ts'],
  ['src/domain/sources/sources.ts', '../../jobs/job-queue.ts'],
  ['src/storage/jobs/jobs.ts', '../../jobs/job-queue.ts'],
  ['src/jobs/job-queue.ts', '../tasks/task-runner.ts'],
  ['src/jobs/job-queue.ts', '../storage/sources/sources.ts'],
  ['src/jobs/job-queue.ts', 'pg'],
  ['src/connectors/index.ts', '../domain/sources/sources.ts'],
  ['src/connectors/delimited-file/rows.ts', '../index.ts'],
  ['src/connectors/delimited-file/rows.ts', '../ldap/entries.ts'],
  ['src/connectors/delimited-file/rows.ts', '../../domain/sources/sources.ts'],
  ['src/cli/serve.ts', '../domain/sources/sources.ts'],
  ['src/cli/remote/sources.ts', '../../domain/sources/sources.ts'],
  ['src/cli/remote/sources.ts', '../../main.ts'],
  ['src/cli/remote/sources.ts', '../../config.ts'],
  ['src/cli/remote/sources.ts', '../serve.ts'],
  ['src/cli/remote/sources.ts', 'fastify'],
  ['src/client/client.ts', '../config.ts'],
  ['src/client/client.ts', '../domain/sources/sources.ts'],
];

/** Similar imports that are allowed. */
const allowed: readonly [file: string, imported: string][] = [
  ['src/api/sources/get-source.ts', '../../domain/sources/sources.ts'],
  ['src/api/sources/get-source.ts', '../tasks/projections.ts'],
  ['src/api/sources/load.ts', '../../tasks/request-entitlement-aggregation.ts'],
  ['src/api/server.ts', 'fastify'],
  ['src/domain/sources/sources.ts', '../../storage/sources/sources.ts'],
  ['src/domain/sources/sources.ts', '../../connectors/connector.ts'],
  ['src/domain/aggregation/stage.ts', '../sources/sources.ts'],
  ['src/storage/sqlite/connection.ts', 'better-sqlite3'],
  ['src/tasks/task-runner.ts', '../storage/tasks/tasks.ts'],
  ['src/tasks/task-runner.ts', '../domain/tasks/tasks.ts'],
  ['src/tasks/task-runner.ts', '../jobs/job-kind.ts'],
  ['src/jobs/job-queue.ts', '../storage/jobs/jobs.ts'],
  ['src/jobs/change-retention.ts', '../domain/changes/change-retention.ts'],
  ['src/tasks/run-aggregation.ts', '../connectors/connector.ts'],
  ['src/connectors/delimited-file/rows.ts', '../connector.ts'],
  ['src/connectors/delimited-file/rows.ts', '../../errors.ts'],
  ['src/connectors/delimited-file/rows.ts', './settings.ts'],
  ['src/cli/serve.ts', '../main.ts'],
  ['src/cli/remote/sources.ts', '../../client/client.ts'],
  ['src/cli/remote/sources.ts', '../../error-text.ts'],
  ['src/cli/remote/sources.ts', '../exit-codes.ts'],
  ['src/cli/remote/sources.ts', './session.ts'],
  ['src/client/client.ts', './failures.ts'],
  ['src/main.ts', './storage/open-database.ts'],
];

describe('the layer rules of .oxlintrc.json', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muniment-layers-'));
    cpSync(`${root}.oxlintrc.json`, join(folder, '.oxlintrc.json'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Returns the imports that a layer rule rejects. Each is in a temporary file next to the real one. */
  function refused(imports: readonly [file: string, imported: string][]): boolean[] {
    const files = imports.map(([file], index) => file.replace(/[^/]+$/, (name) => `${index}-${name}`));
    for (const [index, [, imported]] of imports.entries()) {
      const file = join(folder, files[index] ?? '');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `export { something } from '${imported}';\n`);
    }
    const lint = spawnSync(`${root}node_modules/.bin/oxlint`, ['--format=json'], { cwd: folder, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(lint.stdout) as { diagnostics: { filename: string; help?: string }[] };
    return files.map((file) =>
      diagnostics.some((found) => found.filename.endsWith(file) && found.help?.startsWith('Layer rule: ') === true),
    );
  }

  test('reject forbidden imports with the reason', () => {
    const results = refused(forbidden);
    expect(forbidden.filter((_, index) => results[index] !== true)).toEqual([]);
  });

  test('accept allowed imports', () => {
    const results = refused(allowed);
    expect(allowed.filter((_, index) => results[index] === true)).toEqual([]);
  });

  test('a start of the command line loads no part of the server', () => {
    const loaded = new Set<string>();
    const follow = (file: string): void => {
      for (const [, imported = ''] of textOf(file).matchAll(/^(?:import|export|\}).* from '([^']+)';$/gm)) {
        const target = imported.startsWith('.') ? normalize(`${dirname(file)}/${imported}`) : imported;
        if (!loaded.has(target)) {
          loaded.add(target);
          if (imported.startsWith('.')) {
            follow(target);
          }
        }
      }
    };
    follow('src/cli/run.ts');
    for (const file of filesOf('src/cli/remote/*.ts').filter((name) => !name.endsWith('.test.ts'))) {
      follow(file);
    }
    expect(loaded).toContain('commander');
    const own = [...loaded].filter((name) => !/^(node:|src\/(cli|client)\/)/.test(name));
    expect(own.toSorted()).toEqual(['commander', 'src/config.ts', 'src/error-text.ts', 'src/likeness.ts']);
  });

  test('the folders of the domain import only those above them in this list', () => {
    const order = [
      '.',
      'changes',
      'tasks',
      'oauth',
      'resources',
      'metadata',
      'tags',
      'governance-groups',
      'clients',
      'sources',
      'segments',
      'entitlements',
      'identities',
    ];
    order.push('accounts', 'connections', 'aggregation', 'removal', 'request-config', 'account-changes');
    const folderOf = (file: string): string => dirname(file).slice('src/domain/'.length) || '.';
    const wrong = filesOf('src/domain/**/*.ts')
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) =>
        [...textOf(file).matchAll(/ from '(\.[^']+)';$/gm)]
          .map(([, imported = '']) => normalize(`${dirname(file)}/${imported}`))
          .filter((target) => target.startsWith('src/domain/'))
          .filter((target) => order.indexOf(folderOf(target)) > order.indexOf(folderOf(file)))
          .map((target) => `${file} imports ${target}`),
      );
    expect(wrong).toEqual([]);
    const folders = new Set(filesOf('src/domain/**/*.ts').map(folderOf));
    expect([...folders].filter((name) => !order.includes(name))).toEqual([]);
  });

  test('cover every folder of src', () => {
    const folders = new Set(filesOf('src/*/**/*.ts').map((file) => file.split('/')[1]));
    expect([...folders].toSorted()).toEqual([
      'api',
      'cli',
      'client',
      'connectors',
      'domain',
      'jobs',
      'storage',
      'tasks',
    ]);
  });
});
