import { publicPath } from './public-path.ts';

test.each([
  ['', ''],
  ['/content/0/text', '/content/0/text'],
  ['/on_behalf_of/12/id', '/on_behalf_of/12/id'],
  ['/tool/anna.schmidt', '/tool/*'],
  ['/details/x_secret_name', '/details/*'],
  ['/content/0/json/customer/anna', '/content/0/json'],
  ['/anna~1schmidt', '/*'],
  ['/content/9999999/text', '/content/*/text'],
  ['/fact_hash', '/fact_hash'],
])('%s is %s in the log', (path, shown) => expect(publicPath(path)).toBe(shown));
