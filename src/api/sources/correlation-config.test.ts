import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccounts } from '../../../tests/support/accounts.ts';
import type { Answer } from '../../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import type { ChangeContext } from '../../domain/changes/change-context.ts';
import { applyAuthoritative } from '../../domain/identities/apply-authoritative.ts';
import type { Database } from '../../storage/database.ts';
import { openDatabase } from '../../storage/open-database.ts';

const context: ChangeContext = { actorId: null, clientId: null, taskId: null, trackingId: null };

describeOnEngines('correlation and identity mapping', (make) => {
  let empty: EmptyDatabase;
  let server: TestServer;
  let database: Database;
  let people: string;
  let directory: string;
  beforeAll(async () => {
    empty = await make();
    server = await startTestServer(empty);
    database = await openDatabase({ url: empty.url, readers: 0 });
    people = await createSource('People', true);
    directory = await createSource('Directory', false);
    await database.write(async (transaction) => {
      const accounts = await addAccounts(transaction, people, [
        { nativeIdentity: '1', attributes: { Login: 'ann', mail: 'ann@x.example', state: 'A', office: 'Bern' } },
        { nativeIdentity: '2', attributes: { Login: 'ben', mail: 'ben@x.example', state: 'T', office: 'Bern' } },
      ]);
      await applyAuthoritative(transaction, { id: people, details: {} }, accounts, context, Date.now());
      await addAccounts(transaction, directory, [
        { nativeIdentity: 'A', attributes: { address: 'ANN@x.example', site: 'Bern' } },
        { nativeIdentity: 'B', attributes: { address: ['ben@x.example'], site: 'Bern' } },
        { nativeIdentity: 'C', attributes: { site: 'Bern' } },
      ]);
    });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    await empty.remove();
  });

  async function createSource(name: string, authoritative: boolean): Promise<string> {
    const tokens = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
    const { owner } = tokens.body.find(({ id }: { id: string }) => id === administrator.clientId);
    const { body } = await server.api.send('POST', '/v2025/sources', {
      name,
      connector: 'delimited-file-angularsc',
      authoritative,
      owner: { type: 'IDENTITY', id: owner.id },
    });
    return body.id;
  }

  async function holders(): Promise<Record<string, string | null>> {
    const rows = await database.keyed.query
      .selectFrom('account')
      .leftJoin('identity', 'identity.id', 'account.identity_id')
      .select(['account.native_identity as account', 'identity.email'])
      .where('account.source_id', '=', directory)
      .execute();
    return Object.fromEntries(rows.map(({ account, email }) => [account, email]));
  }

  function put(assignments: unknown, headers = {}): Promise<Answer> {
    const path = `/v2025/sources/${directory}/correlation-config`;
    return server.api.send('PUT', path, { attributeAssignments: assignments }, headers);
  }

  test('a new source has no configuration', async () => {
    const { body, headers } = await server.api.get(`/v2025/sources/${directory}/correlation-config`);
    expect([body, headers.get('etag')]).toEqual([{ attributeAssignments: [] }, '"1"']);
    expect((await server.api.get('/v2025/sources/x/correlation-config')).status).toBe(404);
  });

  test('setting and removing a configuration takes effect immediately', async () => {
    expect(await holders()).toEqual({ A: null, B: null, C: null });
    const byMail = { property: 'Email', value: 'address', operation: 'EQ', ignoreCase: true };
    const byOffice = { property: 'office', value: 'site', complex: false };
    expect((await put([byOffice, byMail], { 'if-match': '"7"' })).status).toBe(412);
    const { status, body, headers } = await put([byOffice, byMail]);
    expect([status, body]).toEqual([
      200,
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        name: 'Directory Account Correlation',
        attributeAssignments: [byOffice, byMail],
      },
    ]);
    expect(headers.get('etag')).toBe('"2"');
    expect(await holders()).toEqual({ A: 'ann@x.example', B: 'ben@x.example', C: null });
    expect((await server.api.get(`/v2025/sources/${directory}`)).body.accountCorrelationConfig).toEqual({
      type: 'ACCOUNT_CORRELATION_CONFIG',
      id: body.id,
      name: 'Directory Account Correlation',
    });
    expect((await put([byOffice, byMail])).headers.get('etag')).toBe('"2"');
    const beta = `/beta/sources/${directory}/correlation-config`;
    const numbered = await server.api.get(beta);
    expect(numbered.body.attributeAssignments).toEqual([
      { ...byOffice, sequence: 1 },
      { ...byMail, sequence: 2 },
    ]);
    const reversed = numbered.body.attributeAssignments.toReversed();
    expect((await server.api.send('PUT', beta, { ...numbered.body, attributeAssignments: reversed })).body).toEqual(
      numbered.body,
    );
    expect((await put(null)).body.attributeAssignments).toEqual([]);
    expect(await holders()).toEqual({ A: null, B: null, C: null });
  });

  test('invalid assignments are rejected', async () => {
    for (const [assignments, reason] of [
      [[{ property: '', value: 'a' }], '"attributeAssignments.0.property" is ""'],
      [[{ property: 'a', value: 'b'.repeat(600) }], '"attributeAssignments.0.value" is "bbb'],
      [[{ property: 'a' }], 'attributeAssignments.0.value'],
      [[{ property: 'a', value: 'b', complex: true }], '"attributeAssignments.0.complex" is true'],
      [[{ property: 'a', value: 'b', operation: 'NE' }], 'attributeAssignments.0.operation'],
      [Array.from({ length: 21 }, () => ({ property: 'a', value: 'b' })), 'At most 20'],
    ] as const) {
      const { status, body } = await put(assignments);
      expect([status, body.messages[0].text], reason).toEqual([400, expect.stringContaining(reason)]);
    }
  });

  test('a mapping determines how accounts become identities', async () => {
    const path = `/muniment/v1/sources/${people}/identity-mapping`;
    const usual = await server.api.get(path);
    expect(usual.body.attributes.email).toEqual(['mail', 'email', 'e-mail', 'emailAddress']);
    const identities = async (): Promise<unknown[]> => {
      const { body } = await server.api.get('/v2025/identities?sorters=alias&filters=processingState%20eq%20"OK"');
      return body.map((one: Record<string, unknown> & { attributes: Record<string, unknown> }) => [
        one['alias'],
        one['identityStatus'],
        one.attributes['place'],
      ]);
    };
    expect(await identities()).toEqual([
      ['1', 'ACTIVE', undefined],
      ['2', 'ACTIVE', undefined],
    ]);
    const mapped = await server.api.send('PUT', path, {
      attributes: { alias: ['Login'], lifecycleState: ['state'], place: ['room', 'office'] },
      lifecycleStates: { a: 'active', t: 'terminated' },
    });
    expect([mapped.status, mapped.body.attributes.alias, mapped.body.attributes.email]).toEqual([
      200,
      ['Login'],
      usual.body.attributes.email,
    ]);
    expect(await identities()).toEqual([
      ['ann', 'ACTIVE', 'Bern'],
      ['ben', 'TERMINATED', 'Bern'],
    ]);
    expect((await server.api.send('PUT', path, { attributes: { '': ['a'] } })).status).toBe(400);
    expect((await server.api.send('PUT', path, {}, { 'if-match': '"1"' })).status).toBe(412);
    expect((await server.api.send('PUT', path, {})).body).toEqual(usual.body);
    expect(await identities()).toEqual([
      ['1', 'ACTIVE', undefined],
      ['2', 'ACTIVE', undefined],
    ]);
  });

  test('more than 10,000 accounts are correlated by a task', async () => {
    const crowd = await createSource('Crowd', false);
    const addresses = Array.from({ length: 10_001 }, (_, number) => ({
      nativeIdentity: `${number}`,
      attributes: { address: number % 2 === 0 ? 'ann@x.example' : 'nobody@x.example' },
    }));
    await database.write(async (transaction) => {
      await addAccounts(transaction, crowd, addresses);
    });
    const correlated = async (): Promise<number> => {
      const filters = encodeURIComponent(`sourceId eq "${crowd}" and uncorrelated eq false`);
      const { headers } = await server.api.get(`/v2025/accounts?limit=1&count=true&filters=${filters}`);
      return Number(headers.get('x-total-count'));
    };
    const path = `/v2025/sources/${crowd}/correlation-config`;
    for (const [value, expected] of [
      ['address', 5001],
      ['nothing', 0],
    ] as const) {
      const attributeAssignments = [{ property: 'email', value, operation: 'EQ', ignoreCase: true }];
      expect((await server.api.send('PUT', path, { attributeAssignments })).status).toBe(200);
      await expect.poll(correlated, { timeout: 20_000 }).toBe(expected);
    }
    const outcomes = async (): Promise<unknown[]> => {
      const { body } = await server.api.get('/beta/task-status?filters=type%20eq%20"ACCOUNT_CORRELATION"');
      return body.map((task: { completionStatus: string | null }) => task.completionStatus);
    };
    await expect.poll(outcomes, { timeout: 10_000 }).toEqual(['SUCCESS', 'SUCCESS']);
  });
});
