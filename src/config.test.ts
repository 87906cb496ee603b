import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from './config.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-config-'));
  file = join(folder, 'settings');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('flags override the environment, which overrides the file, which overrides the defaults; the origin is named', () => {
  writeFileSync(
    file,
    '# ours\nMUNIMENT_PORT=1\nMUNIMENT_HOST=::1\n\nexport MUNIMENT_HOST = localhost\nMUNIMENT_ORG=file\nMUNIMENT_POD=\n',
  );
  const config = readConfig(
    { port: '3' },
    { MUNIMENT_PORT: '2', MUNIMENT_ORG: 'environment', MUNIMENT_TENANT: '' },
    file,
    { dataDir: '/demo', host: 'never' },
  );
  expect(config).toMatchObject({
    port: 3,
    orgName: 'environment',
    host: 'localhost',
    podName: 'local',
    tenantName: 'Muniment',
    dataDir: '/demo',
  });
  expect(config.givenBy).toMatchObject({
    port: '--port',
    orgName: 'MUNIMENT_ORG',
    host: `MUNIMENT_HOST (line 5 of "${file}")`,
    podName: 'MUNIMENT_POD (default)',
    tenantName: 'MUNIMENT_TENANT (default)',
    dataDir: 'MUNIMENT_DATA_DIR (default)',
    databaseUrl: 'MUNIMENT_DATABASE_URL (default)',
  });
});

test('an invalid value is reported with its origin', () => {
  const text = 'is "x". It must be a whole number from 0 to 65535.';
  expect(() => readConfig({ port: 'x' }, {}, undefined)).toThrow(`--port ${text}`);
  expect(() => readConfig({}, { MUNIMENT_PORT: 'x' }, undefined)).toThrow(`MUNIMENT_PORT ${text}`);
  writeFileSync(file, '\nMUNIMENT_PORT=x');
  expect(() => readConfig({}, {}, file)).toThrow(`MUNIMENT_PORT (line 2 of "${file}") ${text}`);
});

test('an unknown name in a file is reported with its line and a suggestion', () => {
  writeFileSync(file, 'MUNIMENT_PORT=1\nMUNIMENT_DATABSE_URL=sqlite:x\n');
  expect(() => readConfig({}, {}, file)).toThrow(
    `Line 2 of the settings file "${file}" sets MUNIMENT_DATABSE_URL, which is not a setting. Did you mean MUNIMENT_DATABASE_URL?`,
  );
  writeFileSync(file, 'SOMETHING=1\n');
  expect(() => readConfig({}, {}, file)).toThrow(
    'which is not a setting. The settings are MUNIMENT_HOST, MUNIMENT_PORT,',
  );
});

test('the Kubernetes variable of a service called "muniment" is not a port', () => {
  const environment = { MUNIMENT_PORT: 'tcp://10.0.0.1:9000' };
  expect(readConfig({}, environment, undefined).port).toBe(8080);
  writeFileSync(file, 'MUNIMENT_PORT=8131\n');
  expect(readConfig({}, environment, file).port).toBe(8131);
});

test('a file may start with a byte order mark', () => {
  writeFileSync(file, '\uFEFFMUNIMENT_PORT=8181\r\n');
  expect(readConfig({}, {}, file)).toMatchObject({ port: 8181 });
  writeFileSync(file, '\uFEFFMUNIMENT_PROT=8181\r\n');
  expect(() => readConfig({}, {}, file)).toThrow('Line 1 of the settings file');
});
