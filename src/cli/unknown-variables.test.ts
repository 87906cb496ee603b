import { expect, test } from 'vitest';
import { unknownVariables } from './unknown-variables.ts';

test.each([
  ['MUNIMENT_DATABSE_URL', ' Did you mean MUNIMENT_DATABASE_URL?'],
  ['MUNIMENT_DATADIR', ' Did you mean MUNIMENT_DATA_DIR?'],
  ['muniment_port', ' Did you mean MUNIMENT_PORT?'],
  ['MUNIMENT_ULR', ' Did you mean MUNIMENT_URL?'],
  ['MUNIMENT_ORG_NAME', ' Did you mean MUNIMENT_ORG?'],
  ['MUNIMENT_SOMETHING_ELSE', ''],
  ['MUNIMENT_X', ''],
])('%s is told', (name, advice) => {
  expect(unknownVariables({ [name]: 'x' })).toEqual([`${name} is set, but there is no such setting.${advice}`]);
});

test('settings, empty variables, those of others and those of tests are not', () => {
  const environment = {
    MUNIMENT_DATA_DIR: '/data',
    MUNIMENT_CONFIG: '/settings',
    MUNIMENT_URL: 'http://127.0.0.1:8080',
    MUNIMENT_DATABSE_URL: '',
    MUNIMENT_TEST_POSTGRES_URL: 'postgres://x',
    MUNIMENTS_PORT: '1',
    PATH: '/bin',
  };
  expect(unknownVariables(environment)).toEqual([]);
});

test('of what Kubernetes sets for services only the port is told, as it would be a setting', () => {
  const link = (prefix: string): Record<string, string> => ({
    [`${prefix}_SERVICE_HOST`]: '10.0.0.1',
    [`${prefix}_SERVICE_PORT`]: '8080',
    [`${prefix}_SERVICE_PORT_HTTP`]: '8080',
    [`${prefix}_PORT`]: 'tcp://10.0.0.1:8080',
    [`${prefix}_PORT_8080_TCP`]: 'tcp://10.0.0.1:8080',
    [`${prefix}_PORT_8080_TCP_PROTO`]: 'tcp',
    [`${prefix}_PORT_8080_TCP_PORT`]: '8080',
    [`${prefix}_PORT_8080_TCP_ADDR`]: '10.0.0.1',
  });
  expect(unknownVariables(link('MUNIMENT_SERVER'))).toEqual([]);
  expect(unknownVariables(link('MUNIMENT'))).toEqual([
    'MUNIMENT_PORT is "tcp://10.0.0.1:8080", as Kubernetes sets it for a service called "muniment". That is not taken for the port: set MUNIMENT_PORT in the pod, or --port.',
  ]);
});
