const HANDSHAKE = /^\s*SELECT\s+displayName\(\),\s*version\(\),\s*revision\(\),\s*timezone\(\)\s*;?\s*$/i;

/** From here on the first bytes of a block say what kind of block it is. */
const WITH_BLOCK_INFO = 1;
/** From here on a byte behind each column's type says whether it is serialised in a way of its own. */
const WITH_CUSTOM_SERIALISATION = 54_454;

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length > 127) throw new Error('longer than a handshake is');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
};

/** is_overflows no, bucket_num -1. */
const BLOCK_INFO = Buffer.from([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0]);

/**
 * What clickhouse-go, and so Grafana, asks first over HTTP; undefined for every other query. It asks in its newest
 * dialect of the Native format and speaks, from then on, the revision that it is told here: 0, the plain one, since
 * chdb knows no other over its interface. So this one answer must be put together by hand.
 */
export function clientHandshake(query: string, clientRevision: number, version: string): Buffer | undefined {
  if (!HANDSHAKE.test(query)) return undefined;
  const revision = Buffer.alloc(4);
  const custom = clientRevision >= WITH_CUSTOM_SERIALISATION ? Buffer.from([0]) : Buffer.alloc(0);
  const columns: [string, string, Buffer][] = [
    ['displayName()', 'String', text('affidavit')],
    ['version()', 'String', text(version)],
    ['revision()', 'UInt32', revision],
    ['timezone()', 'String', text('UTC')],
  ];
  return Buffer.concat([
    ...(clientRevision >= WITH_BLOCK_INFO ? [BLOCK_INFO] : []),
    Buffer.from([columns.length, 1]),
    ...columns.flatMap(([name, type, value]) => [text(name), text(type), custom, value]),
  ]);
}
