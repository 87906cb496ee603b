import { columns } from '../catalogue/generate.ts';
import type { Api } from './api.ts';

/** Makes a source for the generated files: `id` is the key, `name` is shown, `memberOf` nests. Returns its id. */
export async function makeSource(api: Api, name: string): Promise<string> {
  const { id } = await api.json<{ id: string }>('POST', '/v2025/sources', {
    name,
    connector: 'delimited-file-angularsc',
    connectorAttributes: {},
    owner: { type: 'IDENTITY', id: api.identityId },
  });
  const path = `/v2025/sources/${id}/schemas`;
  const schemas = await api.json<{ id: string; name: string }[]>('GET', path);
  const group = schemas.find((schema) => schema.name === 'group');
  await api.json('PUT', `${path}/${group?.id}`, {
    ...group,
    nativeObjectType: 'group',
    identityAttribute: 'id',
    displayAttribute: 'name',
    hierarchyAttribute: 'memberOf',
    attributes: columns.map((column) => ({
      name: column,
      type: column === 'privileged' ? 'BOOLEAN' : 'STRING',
      description: '',
      isMulti: column === 'memberOf',
      isEntitlement: false,
      isGroup: false,
    })),
  });
  return id;
}
