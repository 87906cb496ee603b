import type { ProvisioningPolicyDto } from '../../client/operations.ts';
import { type GivenFields, objectFrom } from './given-fields.ts';
import { onePage, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

type UsageType = ProvisioningPolicyDto['usageType'];

/** `muniment sources policies NAME` */
export async function listPolicies(name: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  const { body } = await client.call('listProvisioningPolicies', { path: { sourceId } });
  await showList<ProvisioningPolicyDto>(
    { ...flags, all: true },
    [
      { heading: 'USAGE', cell: ({ usageType }) => usageType },
      { heading: 'NAME', cell: (policy) => policy.name },
      { heading: 'FIELDS', cell: ({ fields }) => fields.map((field) => field.name).join(' ') },
    ],
    onePage(body),
  );
}

/** `muniment sources policy NAME USAGE` */
export async function showPolicy(name: string, usage: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  const path = { sourceId, usageType: usage.toUpperCase() as UsageType };
  await showObject(flags, (await client.call('getProvisioningPolicy', { path })).body);
}

/** `muniment sources set-policy NAME USAGE`: creates the policy or replaces it. */
export async function setPolicy(name: string, usage: string, flags: RemoteFlags & GivenFields): Promise<void> {
  const usageType = usage.toUpperCase() as UsageType;
  const given = { name: null, ...(await objectFrom(flags)), usageType };
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  const { body } = await client.call('updateProvisioningPoliciesInBulk', { path: { sourceId }, body: [given] });
  await showObject(flags, body[0] ?? {});
}

/** `muniment sources delete-policy NAME USAGE` */
export async function deletePolicy(name: string, usage: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  const usageType = usage.toUpperCase() as UsageType;
  await client.call('deleteProvisioningPolicy', { path: { sourceId, usageType } });
  await (flags.json === true
    ? writeJson({ sourceId, usageType })
    : write(`${name} no longer has a provisioning policy for ${usageType}.\n`));
}
