import type { ChangeOrigin } from '../../storage/changes/changes.ts';
import type { Database } from '../../storage/database.ts';
import {
  findMetadataAttributes,
  lockMetadataNames,
  type MetadataAttribute,
} from '../../storage/metadata/attributes.ts';
import { storeNewAttribute } from './attributes.ts';
import { renameKeys, type UsedMetadata, usedMetadata, withUsed } from './earlier-metadata.ts';

type Standard = readonly [
  key: string,
  name: string,
  description: string,
  isMultiselect: boolean,
  values: Readonly<Record<string, string>>,
];

/** The attributes that ISC has from the start: their keys, names, and values by key. ISC publishes no complete list. */
const standard: readonly Standard[] = [
  ['iscAccessType', 'Access Type', 'How the access is used.', false, { insider: 'Insider', system: 'System' }],
  [
    'iscCloudServiceType',
    'Cloud Service Type',
    'The kind of cloud service that the access is for.',
    true,
    { compute: 'Compute', storage: 'Storage' },
  ],
  [
    'iscCsp',
    'CSP',
    'The cloud service provider that the access is for.',
    true,
    { aws: 'AWS', azure: 'Azure', gcp: 'GCP' },
  ],
  ['iscDataAccessSecurity', 'Data Access Security', 'Findings about the data.', true, { exposed: 'Exposed' }],
  [
    'iscDataClassificationLevel',
    'Data Classification Level',
    'The classification of the data that the access is for.',
    false,
    { confidential: 'Confidential', internal: 'Internal', commonAccess: 'Common Access', public: 'Public' },
  ],
  [
    'iscEnvironment',
    'Environment',
    'The environment that the access is for.',
    false,
    { production: 'Production', nonProduction: 'Non-Production' },
  ],
  [
    'iscFederalClassifications',
    'Federal Classifications',
    'Government classifications of the data.',
    true,
    { noforn: 'NOFORN', orcon: 'ORCON', secret: 'Secret', topSecret: 'Top Secret' },
  ],
  [
    'iscPermissionType',
    'Permission Type',
    'What the access permits.',
    true,
    { create: 'Create', read: 'Read', update: 'Update', delete: 'Delete' },
  ],
  ['iscPrivacy', 'Privacy', 'The level of privacy of the data.', false, { private: 'Private', public: 'Public' }],
  ['iscRegulatory', 'Regulatory', 'Regulations that apply to the access.', true, { gdpr: 'GDPR', hipaa: 'HIPAA' }],
  [
    'iscRequiresTraining',
    'Requires Training',
    'Whether the access requires training.',
    false,
    { yes: 'Yes', no: 'No' },
  ],
  [
    'iscRisk',
    'Risk',
    'The risk of the access.',
    false,
    { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' },
  ],
];

/** These changes have no request: the server makes them when it starts. */
const origin: ChangeOrigin = { actorId: null, clientId: null, taskId: null, trackingId: null };

/**
 * Creates the standard attributes that do not exist, and with the first of them attributes and values for the metadata
 * that entitlements of earlier versions have. Called at every start; attributes that exist are not changed.
 */
export async function createStandardAttributes(database: Database): Promise<void> {
  const keys = standard.map(([key]) => key);
  if ((await findMetadataAttributes(database.keyed, keys)).size === keys.length) {
    return;
  }
  await database.write(async (transaction) => {
    await lockMetadataNames(transaction);
    const existing = await findMetadataAttributes(transaction, keys);
    const missing = standard.filter(([key]) => !existing.has(key)).map(fieldsOf);
    // If some exist, there have been attributes for a while, and entitlements could have no others.
    const used: UsedMetadata = existing.size === 0 ? await usedMetadata(transaction) : new Map();
    const attributes = withUsed(missing, used);
    for (const attribute of attributes) {
      await storeNewAttribute(transaction, attribute, origin);
    }
    await renameKeys(transaction, attributes, used, origin);
  });
}

function fieldsOf([key, name, description, multiselect, values]: Standard): Omit<
  MetadataAttribute,
  'created' | 'modified' | 'version'
> {
  return {
    key,
    name,
    description,
    multiselect,
    status: 'active',
    type: 'governance',
    objectTypes: ['general'],
    values: Object.entries(values).map(([value, shown]) => ({ value, name: shown, status: 'active' })),
  };
}
