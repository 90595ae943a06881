/**
 * What stands in every text in which a rule of the library or of ours finds something: beginnings of tokens, names of
 * keys, and an `@` behind `://`. Far cheaper than the rules, so that texts without a sign are not given to them. It
 * MUST have a sign for every rule; `secret-signs.unit.spec.ts` holds it against all of them.
 */
const signs: readonly string[] = [
  // Access keys and secret keys of AWS.
  'A3T[A-Z0-9]',
  'A(?:KI|GP|ID|RO|IP|NP|NV|SI)A',
  'S(?:ECRET|ecret)_?(?:ACCESS|access|Access)',
  'secret_?(?:ACCESS|access|Access)',
  // Tokens by their beginning: GitHub, npm, Slack, OpenAI, Anthropic, Linear, Sendgrid, Shopify, 1Password, Stripe, ours.
  'gh[pousr]_',
  'github_pat_',
  'npm_',
  '_authToken=',
  'x-oauth-basic',
  'x(?:ox[bpaor]|app)-',
  '[Hh][Oo][Oo][Kk][Ss]\\.[Ss][Ll][Aa][Cc][Kk]\\.[Cc][Oo][Mm]',
  'T3BlbkFJ',
  'sk-ant-',
  'lin_api_',
  'SG\\.',
  'shp(?:pa|ca|at|ss)_',
  'ops_ey',
  '[rs]k_live_',
  'aff_',
  'eyJ',
  'AIza',
  'PRIVATE KEY',
  'B(?:earer|asic) ',
  // A user and a password in a URL, of any scheme.
  '://[^\\s/]{1,520}@',
];

const anySign = new RegExp(signs.join('|'));

export const mayHoldSecret = (text: string): boolean => anySign.test(text);
