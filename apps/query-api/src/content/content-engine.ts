import { contentDigests } from './content-digests.ts';
import { CONTENT_TOPIC } from '../reading/as-of.ts';
import { fragmentPattern, fragmentsOf, MAX_FRAGMENT_LENGTH, MAX_FRAGMENTS, type Piece } from '../search/highlight.ts';
import { type ContentSearch, MAX_BODIES } from '../search/words.ts';
import { type RunQuery } from '../store/engine.ts';
import { visible } from '../store/list-table.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { integer, join, type Sql, sql, tableName, text, texts } from '../store/sql.ts';

/** Ids that fit into a URL. */
const CHUNK = 200;

interface PiecesRow {
  readonly content_id: string;
  /** The piece, whether the body begins with it, whether it was cut. */
  readonly pieces: readonly (readonly [string, number, number])[];
}

const pieceOf = ([text, starts, cut]: PiecesRow['pieces'][number]): Piece => ({
  text,
  starts_body: starts === 1,
  cut: cut === 1,
});

/** Looks for words in decrypted bodies, in the engine that holds nothing else. */
export function contentEngine(run: RunQuery, database: string): ContentSearch {
  return {
    ...contentDigests(run, database),
    async state() {
      const { asOf, topics } = await readProjectionState(run, database);
      // Present even before the first body, so that the answer's as_of says that content was looked at.
      return {
        vector: { [CONTENT_TOPIC]: asOf.vector[CONTENT_TOPIC] ?? [] },
        topics: topics.filter(({ topic }) => topic === CONTENT_TOPIC),
      };
    },
    async find(tenantId, words, vector) {
      const rows = await run<{
        readonly content_id: string;
      }>(sql`SELECT content_id, max(kafka_timestamp) AS newest FROM ${tableName(database, 'bodies')}
        WHERE tenant_id = ${text(tenantId)} AND ${join(words.map(holds), 'and')} AND ${notAsked}
        AND ${visible(contentOnly(vector))}
        GROUP BY content_id ORDER BY newest DESC, content_id LIMIT ${integer(MAX_BODIES + 1)}`);
      return {
        contentIds: rows.slice(0, MAX_BODIES).map(({ content_id }) => content_id),
        capped: rows.length > MAX_BODIES,
      };
    },
    async fragments(tenantId, words, contentIds, vector) {
      const chunks: (readonly string[])[] = [];
      for (let at = 0; at < contentIds.length; at += CHUNK) chunks.push(contentIds.slice(at, at + CHUNK));
      const rows = await Promise.all(
        chunks.map((chunk) =>
          run<PiecesRow>(sql`SELECT content_id,
          arrayMap(piece -> (substringUTF8(piece, 1, ${integer(MAX_FRAGMENT_LENGTH)}), startsWith(body, piece),
          lengthUTF8(piece) > ${integer(MAX_FRAGMENT_LENGTH)}),
            arraySlice(extractAll(body, ${text(fragmentPattern(words))}), 1, ${integer(MAX_FRAGMENTS)})) AS pieces
        FROM ${tableName(database, 'bodies')} WHERE tenant_id = ${text(tenantId)} AND content_id IN ${texts(chunk)}
        AND ${notAsked} AND ${visible(contentOnly(vector))}
        ORDER BY content_id LIMIT 1 BY content_id`),
        ),
      );
      return new Map(
        rows.flat().map(({ content_id, pieces }) => [content_id, fragmentsOf(pieces.map(pieceOf), words)]),
      );
    },
  };
}

const contentOnly = (vector: Parameters<typeof visible>[0]): Parameters<typeof visible>[0] => ({
  [CONTENT_TOPIC]: vector[CONTENT_TOPIC] ?? [],
});

/** What people asked us is content too, of our own source's day; it would find itself. */
const notAsked = sql`NOT (scope_kind = 'source_day' AND startsWith(scope_id, 'affidavit/'))`;

/**
 * A word of the index; in JSON bodies an escape such as \n sticks to the word behind it, so that one is looked for as
 * well and then checked in the text.
 */
function holds(word: string): Sql {
  const escapes = ['n', 't', 'r'];
  return sql`(hasAllTokens(body, ${texts([word])}) OR (hasAnyTokens(body, ${texts(escapes.map((escape) => escape + word))})
    AND multiSearchAny(lower(body), ${texts(escapes.map((escape) => `\\${escape}${word}`))})))`;
}
