export { AvroContainer, type AvroRecordSchema, type ForwardedRecord, leadingFields } from './avro-container.ts';
export { type ClickHouseSettings, connectClickHouse } from './connect-clickhouse.ts';
export { insertContainer } from './insert-container.ts';
export { migrate, type MigrateOptions } from './migrate.ts';
export { migrateContent, migrateGeneration, migratePublicViews } from './migration-targets.ts';
export { type ProjectedUpTo, readProjectionState, writeProjectionState } from './projection-state.ts';
export { flattenFields, missingColumns } from './schema-fit.ts';
export { tableName } from './table-name.ts';
