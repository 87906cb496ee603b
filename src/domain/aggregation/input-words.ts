/** Where the objects of a run come from: an uploaded file, or the system behind the source. */
export type InputKind = 'file' | 'source';

/** The wording of messages about the input of a run. */
export const inputWords = {
  file: {
    input: 'file',
    row: ['row of the file', 'rows of the file'],
    isEmpty: 'The file has a header but no rows',
    mayBeIncomplete: 'the file may be incomplete',
    isWrong: 'this is probably the wrong file',
    correct: 'Correct the rows and load the file again.',
    again: 'load the file again',
  },
  source: {
    input: 'source',
    row: ['object of the source', 'objects of the source'],
    isEmpty: 'The source returned no objects',
    mayBeIncomplete: 'its response may be incomplete',
    isWrong: 'this is probably not the right response',
    correct: 'Correct them and aggregate again.',
    again: 'aggregate again',
  },
} as const satisfies Record<InputKind, object>;
