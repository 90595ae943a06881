import { type GivenRow, rowsOf } from '../runs/testdata/rows.ts';
import { second } from './testdata/times.ts';
import { artifactOf } from './artifact.ts';

type Given = GivenRow;
const named = (ids: readonly string[], rows: ReturnType<typeof rowsOf>) =>
  rows.map((row, index) => ({ ...row, event_id: ids[index] ?? row.event_id }));

describe('an artifact', () => {
  const own = named(
    ['up', 'v1', 'v2', 'read', 'export', 'share'],
    rowsOf(
      [
        'artifact.file.uploaded',
        {
          artifact: { artifact_id: 'd', version: '0', media_type: 'application/pdf', parent_artifact_id: 'template' },
          actor: { type: 'human', id: 'p_a' },
        },
      ],
      [
        'artifact.produced',
        { occurred_at: second(10), artifact: { artifact_id: 'd', version: '1', produced_by_call_id: 'c' } },
      ],
      [
        'artifact.produced',
        {
          occurred_at: second(20),
          call_id: 'c2',
          artifact: { artifact_id: 'd', version: '2' },
          model: { provider: 'local' },
        },
      ],
      [
        'artifact.file.analyzed',
        { occurred_at: second(21), artifact: { artifact_id: 'd' }, model: { provider: 'openai', response_model: 'o' } },
      ],
      [
        'content.exported',
        { occurred_at: second(22), artifact: { artifact_id: 'd', version: '2', destination: 'sharepoint' } },
      ],
      [
        'content.shared',
        {
          occurred_at: second(23),
          artifact: { artifact_id: 'd' },
          message: {
            channel: 'email',
            recipients: [{ id: 'p_b', issuer: 'mail', domain: 'rival.example', kind: 'to', external: true }],
          },
        },
      ],
    ),
  );
  const calls = named(
    ['r', 'c', 'far', 'copy'],
    rowsOf(
      [
        'model.call.requested',
        {
          occurred_at: second(8),
          call_id: 'c',
          model: { provider: 'openai', request_model: 'gpt' },
          agent: { id: 'a', config_id: 'cfg' },
          details: { temperature: '0.2' },
        },
      ],
      [
        'model.call.completed',
        { occurred_at: second(9), call_id: 'c', model: { provider: 'openai', response_model: 'gpt-2026' } },
      ],
      [
        'model.call.completed',
        { occurred_at: second(9), run_id: 'another', call_id: 'c', model: { provider: 'wrong' } },
      ],
      ['content.copied', { occurred_at: second(12), call_id: 'c', details: { target: 'clipboard' } }] as Given,
    ),
  );
  const changes = named(
    ['k1', 'k2', 'k3'],
    rowsOf(
      ['config.changed', { occurred_at: second(1), change: { item_id: 'cfg', item_version: '7', to_hash: 'h7' } }],
      [
        'config.changed',
        {
          occurred_at: second(2),
          change: { item_id: 'cfg', item_version: '8', to_hash: 'h8', effective_at: second(15) as never },
        },
      ],
      ['config.changed', { occurred_at: second(3), change: { item_id: 'else', item_version: '9' } }],
    ),
  );
  const artifact = artifactOf('d', {
    own,
    calls,
    changes,
    children: rowsOf(['artifact.produced', { artifact: { artifact_id: 'child', parent_artifact_id: 'd' } }]),
  });

  test('which model in which version with which configuration', () => {
    expect(
      artifact.versions.map(({ version, how, produced_by }) => [version, how, produced_by?.basis ?? null]),
    ).toEqual([
      ['0', 'artifact.file.uploaded', null],
      ['1', 'artifact.produced', 'produced_by_call_id'],
      ['2', 'artifact.produced', 'call_id'],
    ]);
    expect(artifact.versions[1]?.produced_by).toMatchObject({
      call_on_record: true,
      model: { provider: 'openai', request_model: 'gpt', response_model: 'gpt-2026' },
      configuration: { temperature: '0.2', agent: { config_id: 'cfg' } },
      configuration_change: { item_version: '7', event_id: 'k1' },
      event_ids: ['r', 'c'],
    });
    expect(artifact.produced_by).toMatchObject({
      call_id: 'c2',
      call_on_record: false,
      model: { provider: 'local' },
      event_ids: ['v2'],
    });
  });
  test('where it came from, and with whom it went', () => {
    expect([
      artifact.parents.map(({ artifact_id }) => artifact_id),
      artifact.children.map(({ artifact_id }) => artifact_id),
      artifact.left,
    ]).toEqual([['template'], ['child'], true]);
    expect(
      artifact.moves.map(({ kind, destination, external, event_id }) => [kind, destination, external, event_id]),
    ).toEqual([
      ['copied', null, null, 'copy'],
      ['exported', 'sharepoint', null, 'export'],
      ['shared', null, true, 'share'],
    ]);
    expect(artifact.analysed_by.map(({ model }) => model)).toEqual(['o']);
  });
  test('of an artifact that only others name nothing is made up', () => {
    const bare = artifactOf('t', { own: [], calls: [], changes: [], children: own.slice(0, 1) });
    expect([bare.versions, bare.produced_by, bare.left, bare.children.map(({ artifact_id }) => artifact_id)]).toEqual([
      [],
      null,
      false,
      ['d'],
    ]);
  });
});
