import { badRequestContent } from '../../errors.ts';
import { refuseUnstorable } from '../storable.ts';
import { inOrder, tagNames } from './tag-names.ts';

/** A change of the tags of objects. */
export interface TagChange {
  readonly operation: 'ADD' | 'REMOVE' | 'REPLACE';
  /** Names of tags as they are stored. */
  readonly tags: readonly string[];
}

/**
 * Returns the change that a client requests.
 * @param place the field with the change, for errors
 * @throws 400 for an invalid tag (`tagNames`), and for no tags to add or remove
 */
export function tagChangeFrom({ operation, tags }: TagChange, place: string): TagChange {
  refuseUnstorable(tags, `${place}.tags`);
  if (tags.length === 0 && operation !== 'REPLACE') {
    throw badRequestContent(`Field "${place}.tags" has no tags. With the operation ${operation}, send at least one.`);
  }
  return { operation, tags: tagNames(tags, `${place}.tags`) };
}

/** Returns the tags of an object after a change, in binary order. */
export function tagsAfter(before: readonly string[], { operation, tags }: TagChange): string[] {
  switch (operation) {
    case 'ADD':
      return inOrder([...before, ...tags]);
    case 'REMOVE':
      return before.filter((tag) => !tags.includes(tag));
    case 'REPLACE':
      return [...tags];
  }
}

/** The tags that objects can have after a change, and must exist for it. */
export function tagsNeededFor({ operation, tags }: TagChange): readonly string[] {
  return operation === 'REMOVE' ? [] : tags;
}
