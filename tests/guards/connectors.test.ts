import { expect, test } from 'vitest';
import { connectorList } from '../../src/connectors/index.ts';
import { filesOf, root, textOf } from './repository.ts';

const { connectors } = connectorList;
const folders = [...new Set(filesOf('src/connectors/*/*.ts').map((file) => file.split('/')[2] ?? ''))];

test('src/connectors/index.ts lists the connector of every folder, once', () => {
  expect(connectors).toHaveLength(folders.length);
  for (const name of ['type', 'scriptName', 'connectorName'] as const) {
    expect(new Set(connectors.map((connector) => connector[name])).size).toBe(connectors.length);
  }
});

test('the folder of a connector contains a file with its name that exports the connector', async () => {
  for (const folder of folders) {
    const module = (await import(`${root}src/connectors/${folder}/${folder}.ts`)) as Record<string, unknown>;
    expect(connectors.filter((connector) => Object.values(module).includes(connector))).toHaveLength(1);
  }
});

test('task threads find the list where it says it is', async () => {
  expect(await import(connectorList.module)).toMatchObject({ connectorList });
});

test('one connector is that of provisionAsCsv', () => {
  expect(connectors.filter(({ isForCsv }) => isForCsv === true)).toHaveLength(1);
});

test('nothing outside src/connectors names a connector', () => {
  const names = connectors.flatMap(({ type, scriptName, connectorName, details }) => [
    type,
    scriptName,
    connectorName,
    ...Object.values(details),
  ]);
  const naming = filesOf('src/**/*.ts')
    .filter((file) => !file.startsWith('src/connectors/') && !file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...names, ...folders].filter((name) => textOf(file).includes(name)).map((name) => [file, name]),
    );
  expect(naming).toEqual([]);
});
