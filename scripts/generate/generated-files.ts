import { families, layoutOf } from '../../src/api/families.ts';
import { openApiText } from '../../src/api/openapi/document.ts';
import { clientOperations, servedScopes } from './client-operations.ts';
import { commandLinePage } from './command-line.ts';
import { coveragePage } from './coverage.ts';
import { delimitedFilePage } from './delimited-file.ts';
import { errorsPage } from './errors.ts';
import { openApiDifferences, wholeFamily } from './openapi-differences.ts';
import { schemaSql } from './schema-sql.ts';
import { settingsPage } from './settings.ts';
import { tablesTs } from './tables-ts.ts';

/** A file that is generated from the code. */
export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly make: () => string | Promise<string>;
}

/** Every generated file. */
export const generatedFiles: readonly GeneratedFile[] = [
  ...[wholeFamily, layoutOf('muniment')].map((family) => ({
    path: `openapi/${family.name}.json`,
    make: () => openApiText(family),
  })),
  ...families
    .filter(({ name }) => name !== wholeFamily.name && name !== 'muniment')
    .map((family) => ({
      path: `openapi/${family.name}.differences.json`,
      make: () => openApiDifferences(family),
    })),
  { path: 'docs/reference/settings.md', make: settingsPage },
  { path: 'docs/reference/errors.md', make: errorsPage },
  { path: 'docs/reference/coverage.md', make: coveragePage },
  { path: 'docs/reference/delimited-file.md', make: delimitedFilePage },
  { path: 'docs/reference/command-line.md', make: commandLinePage },
  { path: 'src/storage/schema.sql', make: schemaSql },
  { path: 'src/storage/tables.ts', make: tablesTs },
  { path: 'src/client/operations.ts', make: clientOperations },
  { path: 'src/domain/oauth/served-scopes.ts', make: servedScopes },
];
