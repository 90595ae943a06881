import { type Sql } from './sql.ts';

/**
 * Runs a query and answers its rows. Rows MUST arrive with 64-bit integers as numbers (nothing of ours exceeds 2^53),
 * times as RFC 3339 with six places, decimals with their trailing zeros. It MUST reject with `store_unavailable` when
 * the engine does not answer in time, and with an error that is no AffidavitError when the query itself is at fault:
 * that is a defect.
 */
export type RunQuery = <Row>(query: Sql) => Promise<readonly Row[]>;
