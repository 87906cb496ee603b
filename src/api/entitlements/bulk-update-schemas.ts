import { type Static, Type } from 'typebox';
import { type ChangePreview, mostChecked, mostShown } from '../../domain/entitlements/preview-change.ts';
import { mostTags } from '../../domain/tags/tag-names.ts';
import type { Task } from '../../domain/tasks/tasks.ts';
import { jsonPatchOperation } from '../json-patch.ts';
import { bulkChange } from '../metadata/schemas.ts';
import { requestConfigInput } from '../request-config/schemas.ts';
import { nullable, oneOf } from '../schemas.ts';
import { toTaskStatus } from '../tasks/projections.ts';
import { taskStatus } from '../tasks/schemas.ts';
import { recordedFields, toRecordedFields } from './recorded-fields.ts';

const strict = { additionalProperties: false };

/** A bulk update: which entitlements, and what to change. */
export const bulkUpdateInput = Type.Object(
  {
    ids: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        minItems: 1,
        maxItems: 10_000,
        description: 'The entitlements with these ids. Either ids or filters is required.',
      }),
    ),
    filters: Type.Optional(
      Type.String({ description: 'The entitlements that match a filter of the list of entitlements in v2026.' }),
    ),
    jsonPatch: Type.Optional(
      Type.Array(jsonPatchOperation, {
        minItems: 1,
        maxItems: 50,
        description: 'The operations that the patch of an entitlement accepts in v2026.',
      }),
    ),
    metadata: Type.Optional(Type.Object(bulkChange, { ...strict, title: 'MetadataChange' })),
    tags: Type.Optional(
      Type.Object(
        {
          operation: oneOf(['ADD', 'REMOVE', 'REPLACE']),
          tags: Type.Array(Type.String(), {
            maxItems: mostTags,
            description: 'Tags in any case. Those that do not exist are created.',
          }),
        },
        { ...strict, title: 'TagChange' },
      ),
    ),
    requestConfig: Type.Optional(
      nullable({
        ...requestConfigInput,
        description: 'The request configuration, as a whole. Null: inherit it from the source.',
      } as typeof requestConfigInput),
    ),
    dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Whether to only answer what would change.' })),
  },
  { ...strict, title: 'EntitlementsUpdateRequest' },
);

const previewed = Type.Object(
  {
    id: Type.String(),
    name: nullable(Type.String()),
    before: recordedFields,
    after: recordedFields,
    problem: nullable(Type.String({ description: 'Why the entitlement cannot be changed.' })),
  },
  { ...strict, title: 'PreviewedEntitlement' },
);

/** What a bulk update would do. */
const bulkUpdatePreview = Type.Object(
  {
    total: Type.Integer({ description: 'The number of selected entitlements.' }),
    checked: Type.Integer({
      description: `How many of them were checked: the first ${mostChecked} by id. The following counts add up to it.`,
    }),
    updated: Type.Integer(),
    unchanged: Type.Integer(),
    failed: Type.Integer(),
    entitlements: Type.Array(previewed, {
      description: `The first ${mostShown} of them, with the fields that would change.`,
    }),
    problems: Type.Array(previewed, { description: `The first ${mostShown} that cannot be changed.` }),
  },
  { ...strict, title: 'EntitlementsUpdatePreview' },
);

/** The answer to a bulk update: the task, or with `dryRun` the preview. */
export const bulkUpdateAnswer = Type.Object(
  { task: nullable(taskStatus), preview: nullable(bulkUpdatePreview) },
  { ...strict, title: 'EntitlementsUpdateResponse' },
);

/** Converts the new task of a bulk update. */
export function toTaskAnswer(task: Task): Static<typeof bulkUpdateAnswer> {
  return { task: toTaskStatus(task), preview: null };
}

/** Converts the preview of a bulk update. */
export function toPreviewAnswer({ entitlements, problems, ...counts }: ChangePreview): {
  readonly task: null;
  readonly preview: object;
} {
  return {
    task: null,
    preview: { ...counts, entitlements: entitlements.map(toPreviewed), problems: problems.map(toPreviewed) },
  };
}

function toPreviewed({ before, after, ...rest }: ChangePreview['entitlements'][number]): object {
  return { ...rest, before: toRecordedFields(before), after: toRecordedFields(after) };
}
