/**
 * The smallest text that a page may have, in CSS pixels, and the contrasts of WCAG 2.2 AA (1.4.3) for text and for
 * large text.
 */
const LEAST_SIZE_PX = 12;
const LEAST_CONTRAST = 4.5;
const LEAST_CONTRAST_LARGE = 3;

/**
 * Runs in the page: every text that is shown, placeholders included, and is too small or too pale for what lies behind
 * it. An expression as text, since these tests know no DOM types. Colours are painted to be read, so that every
 * notation works.
 */
export const unreadable = `(() => {
  const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const paint = (...colours) => {
    brush.clearRect(0, 0, 1, 1);
    for (const colour of colours) { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); }
    return [...brush.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (pixel) => {
    const [red, green, blue] = pixel.slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const grounds = (element) => {
    const found = [];
    for (let one = element; one; one = one.parentElement) found.unshift(getComputedStyle(one).backgroundColor);
    return ['Canvas', ...found];
  };
  const complaints = new Set();
  const check = (element, style, text) => {
    const size = parseFloat(style.fontSize);
    const behind = grounds(element);
    const [one, other] = [luminance(paint(...behind)), luminance(paint(...behind, style.color))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (size < ${LEAST_SIZE_PX}) complaints.add(size + ' px: ' + text);
    if (contrast < (large ? ${LEAST_CONTRAST_LARGE} : ${LEAST_CONTRAST})) complaints.add('contrast ' + contrast.toFixed(2) + ': ' + text);
  };
  let texts = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim().slice(0, 40);
    const element = walk.currentNode.parentElement;
    if (text === '' || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    texts += 1;
    check(element, getComputedStyle(element), text);
  }
  for (const input of document.querySelectorAll('input[placeholder]')) if (input.checkVisibility()) check(input, getComputedStyle(input, '::placeholder'), input.placeholder);
  if (texts < 5) complaints.add('only ' + texts + ' texts are shown');
  return [...complaints];
})()`;
