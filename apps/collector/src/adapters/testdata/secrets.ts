/** Of real shape, put together here so that no file of the repository holds what looks like a secret. */
export const letters = (count: number): string =>
  'Ab3dE6gH9jKlMnOpQrStUvWxYz0123456789aBcDeFgHiJkLmNoPqRsTuVwXyZ'.repeat(10).slice(0, count);
export const secrets: Readonly<Record<string, string>> = {
  github: `ghp_${letters(36)}`,
  slack: ['xoxb', '123456789012', '1234567890123', letters(24)].join('-'),
  anthropic: `sk-ant-api03-${letters(93)}AA`,
  openai: `sk-proj-${letters(74)}T3BlbkFJ${letters(74)}`,
  aws: `AKIA${'Q7'.repeat(8)}`,
  npm: `npm_${letters(36)}`,
  sendgrid: `SG.${letters(22)}.${letters(43)}`,
  basicauth: `https://root:${letters(12)}@db.example.org`,
  'database-connection-string': `postgres://app:${letters(16)}@db.example.org/main`,
  affidavit: `aff_0123456789ab_${letters(43)}`,
  jwt: `eyJ${letters(20)}.eyJ${letters(40)}.${letters(43)}`,
  google: `AIza${letters(35)}`,
  stripe: `sk_live_${letters(24)}`,
  authorization: `Bearer ${letters(40)}`,
  privatekey: ['-----BEGIN RSA PRIVATE', `KEY-----\nMII${letters(200)}\n-----END RSA PRIVATE`, 'KEY-----'].join(' '),
};

/** Further forms that the library's rules know. */
export const furtherSecrets: Readonly<Record<string, string>> = {
  githubPat: `github_pat_${letters(82)}`,
  githubOauth: `gho_${letters(36)}`,
  githubBasic: `https://${letters(40)}:x-oauth-basic@github.com/example/repository`,
  slackApp: ['xapp', '1', 'A0123456789', '1234567890123', letters(40)].join('-'),
  slackHook: `HTTPS://hooks.SLACK.com/services/T${letters(9)}/B${letters(9)}/${letters(24)}`,
  openaiOld: `sk-${letters(20)}T3BlbkFJ${letters(20)}`,
  linear: `lin_api_${letters(40)}`,
  shopify: `shpat_${letters(32)}`,
  onePassword: `ops_ey${letters(200)}fQ==`,
  awsSecretKey: `Aws_Secret_Access_Key => "${letters(40)}"`,
  awsSecretKeyBare: `SECRETACCESSKEY=${letters(40)}`,
  awsTemporary: `ASIA${'Q7'.repeat(8)}`,
  npmrc: `//registry.example.org/:_authToken=${letters(36)}`,
  mongodb: `mongodb+srv://app:${letters(12)}@cluster.example.net/db?retry=true`,
  mysql: `jdbc:mysql://ap@p:${letters(12)}@db.example.net/main`,
  ftp: `ftp://deploy:${letters(14)}@files.example.net`,
  pgpKey: ['-----BEGIN PGP PRIVATE', `KEY BLOCK-----\n${letters(200)}`].join(' '),
  basic: `Basic ${letters(40)}==`,
};
