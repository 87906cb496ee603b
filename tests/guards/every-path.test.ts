import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ContractOperation,
  contractOperations,
  withoutNames,
} from '../../src/api/contract/contract-operations.ts';
import { families } from '../../src/api/families.ts';
import { operations } from '../../src/api/operations.ts';
import { type EmptyDatabase, emptySqlite } from '../support/engines.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const served = new Set(
  families.flatMap((family) =>
    operations
      .filter((operation) => operation.families.includes(family.name))
      .map((operation) => `${operation.method} ${withoutNames(family.urlPath(operation.path))}`),
  ),
);

const unserved = contractOperations().filter(({ method, url }) => !served.has(`${method} ${withoutNames(url)}`));

describe('every operation of the contract that is not served', () => {
  let database: EmptyDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await emptySqlite();
    server = await startTestServer(database);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  /** Returns those for which `isRight` is false. */
  async function wrongOnes(isRight: (operation: ContractOperation) => Promise<boolean>): Promise<string[]> {
    const wrong: string[] = [];
    for (const operation of unserved) {
      if (!(await isRight(operation))) {
        wrong.push(`${operation.family} ${operation.operationId}: ${operation.method} ${operation.url}`);
      }
    }
    return wrong;
  }

  test('is 501 with its name and family', async () => {
    const wrong = await wrongOnes(async ({ method, url, operationId, family }) => {
      const { status, body } = await server.api.send(method, url.replaceAll(/\{[^}]+\}/g, 'some-id'));
      const text: string = method === 'HEAD' ? `Operation ${operationId} (${family})` : body.messages?.[0].text;
      return status === 501 && text.startsWith(`Operation ${operationId} (`) && text.includes(family);
    });
    expect(wrong).toEqual([]);
  });

  test('requires a token first', async () => {
    const wrong = await wrongOnes(async ({ method, url }) => {
      const answer = await fetch(`${server.url}${url.replaceAll(/\{[^}]+\}/g, 'some-id')}`, { method });
      await answer.arrayBuffer();
      return answer.status === 401;
    });
    expect(wrong).toEqual([]);
  });

  test('does not hide other methods of a path, or unknown paths', async () => {
    expect(await server.api.send('PUT', '/v2025/task-status')).toMatchObject({ status: 405 });
    expect(await server.api.send('GET', '/v2025/no-such-thing')).toMatchObject({ status: 404 });
  });
});
