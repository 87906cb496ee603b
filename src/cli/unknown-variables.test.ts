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
])('warns of %s', (name, advice) => {
  expect(unknownVariables({ [name]: 'x' })).toEqual([`${name} is set, but there is no such setting.${advice}`]);
});

test('does not warn of settings, empty variables, and variables of other software and of tests', () => {
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

test('of the Kubernetes service variables only the port causes a warning', () => {
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
    'MUNIMENT_PORT is "tcp://10.0.0.1:8080", as Kubernetes sets it for a service called "muniment". It is ignored: set MUNIMENT_PORT in the pod, or --port.',
  ]);
});
