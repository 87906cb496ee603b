/** What both lists of connections have in common (contract B.14). */
import { connectionTypes } from '../../domain/connections/connections.ts';
import { privilegeLevels } from '../../domain/entitlements/privilege.ts';
import type { FilterFields } from '../filters/check.ts';
import type { Collection } from '../operation.ts';

const id = { type: 'id', operators: ['eq', 'in'] } as const;
const text = { type: 'string', operators: ['eq', 'in', 'co'] } as const;
const time = { type: 'date', operators: ['gt', 'lt', 'ge', 'le'] } as const;

const filters: FilterFields = {
  'identity.id': id,
  'identity.name': text,
  'source.id': id,
  'source.name': text,
  'account.id': id,
  'account.name': text,
  'entitlement.id': id,
  'entitlement.attribute': text,
  'entitlement.value': text,
  'entitlement.privilegeLevel.effective': { ...text, values: privilegeLevels },
  type: { type: 'string', operators: ['eq', 'in'], values: connectionTypes },
  'state.value': text,
  standalone: { type: 'boolean', operators: ['eq', 'in'] },
  'jit.activation': time,
  'jit.provision': time,
  'jit.deactivation': time,
  'jit.deprovision': time,
  'jit.expiration': time,
};

export const connectionCollection: Collection = {
  maximumLimit: 250,
  filters,
  sorters: [
    'id',
    'identity.id',
    'identity.name',
    'source.id',
    'source.name',
    'account.id',
    'account.name',
    'entitlement.id',
    'entitlement.displayName',
    'entitlement.attribute',
    'entitlement.privilegeLevel.effective',
    'type',
    'state.value',
    'standalone',
    'jit.activation',
    'jit.provision',
    'jit.deactivation',
    'jit.deprovision',
    'jit.expiration',
  ],
  searchAfter: true,
};
