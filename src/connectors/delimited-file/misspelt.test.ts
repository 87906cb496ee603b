import { describe, expect, test } from 'vitest';
import { delimitedFileConnector } from './delimited-file.ts';

describe('misspelt settings of entitlement files', () => {
  test.each([
    ['group.delimeter', 'group.delimiter'],
    ['group.Delimiter', 'group.delimiter'],
    ['Group.quote', 'group.quote'],
    ['group.qoute', 'group.quote'],
    ['group.hasHeaders', 'group.hasHeader'],
    ['group.encodings', 'group.encoding'],
    ['group.skiplines', 'group.skipLines'],
  ])('%s is rejected with the suggestion %s', (attribute, meant) => {
    expect(() => delimitedFileConnector.checkAttributes({ [attribute]: ';' })).toThrow(
      `connectorAttributes "${attribute}" is not a setting. Write "${meant}".`,
    );
  });

  test('other unknown attributes are accepted', () => {
    const attributes = {
      'group.delimiter': ';',
      'group.file': 'groups.csv',
      'group.mergeRows': 'true',
      'group.indexColumn': 'id',
      'group.partitionMode': 'none',
      group: 'x',
      delimeter: ';',
      '': 1,
    };
    expect(() => delimitedFileConnector.checkAttributes(attributes)).not.toThrow();
  });
});
