import type { TaggedObject } from '../../domain/tags/tagged-objects.ts';
import type { Tag } from '../../domain/tags/tags.ts';
import { wireTime } from '../wire-time.ts';

/** Serialises a tag. */
export function toTag({ id, name, created, modified }: Tag): object {
  return { id, name, created: wireTime(created), modified: wireTime(modified), tagCategoryRefs: [] };
}

/** Serialises a reference to an object. */
export function toObjectRef({ type, id, name }: TaggedObject): object {
  return { type, id, name };
}

/** Serialises an object with its tags. */
export function toTaggedObject(object: TaggedObject): object {
  return { objectRef: toObjectRef(object), tags: object.tags };
}
