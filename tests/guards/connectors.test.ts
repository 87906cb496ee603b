import { expect, test } from 'vitest';
import { connectors } from '../../src/connectors/index.ts';
import { filesOf } from './repository.ts';

test('src/connectors/index.ts lists the connector of every folder, once', () => {
  const folders = [...new Set(filesOf('src/connectors/*/*.ts').map((file) => file.split('/')[2]))];
  expect(connectors).toHaveLength(folders.length);
  for (const name of ['type', 'scriptName'] as const) {
    expect(new Set(connectors.map((connector) => connector[name])).size).toBe(connectors.length);
  }
});

test('the folder of a connector contains a file with its name', () => {
  for (const folder of new Set(filesOf('src/connectors/*/*.ts').map((file) => file.split('/')[2]))) {
    expect(filesOf(`src/connectors/${folder}/${folder}.ts`)).toHaveLength(1);
  }
});
