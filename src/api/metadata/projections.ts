import type { Static } from 'typebox';
import type { MetadataAttribute } from '../../domain/metadata/attributes.ts';
import type { Task } from '../../domain/tasks/tasks.ts';
import type { Reply } from '../operation.ts';
import { wireTime } from '../wire-time.ts';
import type { attribute as attributeSchema, bulkUpdate } from './schemas.ts';

/** An attribute in the contract's form. */
export function toAttribute(attribute: MetadataAttribute): Static<typeof attributeSchema> {
  const { key, name, description, multiselect, status, type, objectTypes, values } = attribute;
  return {
    key,
    name,
    multiselect,
    status,
    type,
    objectTypes: [...objectTypes],
    ...(description === null ? {} : { description }),
    values: [...values],
  };
}

/** Returns an attribute and its version. */
export function attributeReply(attribute: MetadataAttribute): Reply {
  return { body: toAttribute(attribute), version: attribute.version };
}

/** Converts the new task of a bulk update to its answer (contract B.6). */
export function toBulkUpdate(task: Task): Static<typeof bulkUpdate> {
  return { id: task.id, type: 'Entitlement', status: 'CREATED', created: wireTime(task.created) };
}
