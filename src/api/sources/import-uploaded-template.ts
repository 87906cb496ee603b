import { importSchemaTemplate, type TemplateKind } from '../../domain/sources/schema-templates.ts';
import { badRequestSyntax } from '../../errors.ts';
import type { Call, Reply } from '../operation.ts';
import { replyWithSchema } from './projections.ts';

/** Sets a schema from the uploaded template and returns it. Throws a 400 if there is no file. */
export async function importUploadedTemplate(
  { application, upload, context }: Pick<Call, 'application' | 'upload' | 'context'>,
  sourceId: string,
  kind: TemplateKind,
): Promise<Reply> {
  const { spool } = application;
  const { file } = await upload(['file']);
  if (file === undefined) {
    throw badRequestSyntax('The request contains no file. Send a CSV file as multipart/form-data in the part "file".');
  }
  try {
    return replyWithSchema(await importSchemaTemplate(application, sourceId, kind, spool.path(file), context));
  } finally {
    await spool.remove(file);
  }
}
