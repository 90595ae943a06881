import { findChromium } from './browser.ts';

describe('which browser the page is tested in', () => {
  const packaged = () => ({ path: '/packaged', env: {} });
  const all = () => true;
  const none = () => false;

  test("the machine's own, else the packaged one", () => {
    expect(findChromium({}, all, packaged)?.path).toBe('/usr/bin/chromium');
    expect(findChromium({}, none, packaged)?.path).toBe('/packaged');
    expect(findChromium({}, none, () => null)).toBeNull();
  });

  test('the one that CHROMIUM names and no other', () => {
    expect(findChromium({ CHROMIUM: '/mine' }, all, packaged)?.path).toBe('/mine');
    expect(findChromium({ CHROMIUM: '/mine' }, none, packaged)).toBeNull();
  });
});
