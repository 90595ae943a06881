import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { answerSchemas } from './answer-schemas.ts';
import { runSchemas } from './run-schemas.ts';

/** `/openapi.json` and `/docs`, behind a credential like everything else. */
export function serveOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Affidavit query API')
    .setDescription(
      'What happened, in order, with its place in the log, and how complete the answer is. Every query is itself an event ' +
        'in the log.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...(answerSchemas as object), ...(runSchemas as object) },
  };
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Affidavit query API',
  });
  return document;
}
