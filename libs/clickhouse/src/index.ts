export { AvroContainer, type AvroRecordSchema, type ForwardedRecord, leadingFields } from './avro-container.ts';
export { BodyLength } from './body-length.ts';
export { type ClickHouseSettings, connectClickHouse } from './connect-clickhouse.ts';
export { insertContainer } from './insert-container.ts';
export { migrate, type MigrateOptions } from './migrate.ts';
export { migrateContent, migrateGeneration, migratePublicViews } from './migration-targets.ts';
export {
  type LogEnd,
  type ProjectedUpTo,
  readProjectionState,
  writeLogEnds,
  writeProjectionState,
} from './projection-state.ts';
export { column, insertRows, type RowValue } from './row-binary.ts';
export { flattenFields, missingColumns } from './schema-fit.ts';
export { tableName } from './table-name.ts';
