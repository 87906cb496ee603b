import { Type } from 'typebox';
import { illegalValue } from '../../errors.ts';
import { timeIn } from './projections.ts';

/** The parameters of a comparison. The contract does not require them, but does not say what they are by default. */
export const snapshotParameters = {
  snapshot1: Type.Optional(Type.String({ description: 'The earlier time. Required.' })),
  snapshot2: Type.Optional(Type.String({ description: 'The later time. Required.' })),
};

/** Returns the two times of a comparison in UTC milliseconds. Throws a 400 for a missing or invalid one. */
export function snapshotsIn(query: {
  readonly snapshot1?: string | undefined;
  readonly snapshot2?: string | undefined;
}): [number, number] {
  const { snapshot1, snapshot2 } = query;
  if (snapshot1 === undefined || snapshot2 === undefined) {
    throw illegalValue(
      'Parameters "snapshot1" and "snapshot2" are required: two times, such as 2026-01-31T12:00:00Z or one of /snapshots.',
    );
  }
  return [timeIn(snapshot1, 'snapshot1'), timeIn(snapshot2, 'snapshot2')];
}
