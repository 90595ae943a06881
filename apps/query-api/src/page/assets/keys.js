/* global document, localStorage, location */
/* Keys for who likes them. It follows links that are on the page anyway, and asks nobody for anything. */
const SWITCH = 'affidavit-keys';
const help = document.getElementById('keys-help');
const button = document.getElementById('keys-button');
const box = document.getElementById('keys-on');
const rows = () => [...document.querySelectorAll('[data-row]')].filter((row) => row.checkVisibility());
const linkIn = (row) => row.querySelector('a.title') ?? row.querySelector('a') ?? (row.matches('a') ? row : null);
const replay = document.querySelector('[data-replay]');

/** Single keys can be switched off (WCAG 2.1.4); a browser that keeps nothing keeps them on. */
const kept = () => {
  try {
    return localStorage.getItem(SWITCH);
  } catch {
    return null;
  }
};
const keep = (value) => {
  try {
    localStorage.setItem(SWITCH, value);
  } catch {
    /* nothing is kept */
  }
};

const isAt = (row) => row === document.activeElement || row.contains(document.activeElement);

function move(by) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex(isAt);
  const row = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  linkIn(row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

/* The first link of these kinds in the row that has the focus, else on the page. */
function pivot(...starts) {
  const main = document.querySelector('main');
  for (const scope of [rows().find(isAt), main]) {
    for (const start of starts) {
      const link = scope?.querySelector(`a[href^="${start}"]`);
      if (link) return link.click();
    }
  }
}

const follow = (rel) => replay?.querySelector(`a[rel=${rel}]`)?.click();

const keys = {
  '/': () => document.querySelector('input[name=q]')?.focus(),
  '?': () => help?.showModal(),
  s: () => location.assign('/search'),
  h: () => location.assign('/'),
  t: () => pivot('/cases/', '/objects/', '/users/'),
  c: () => pivot('/events/-/context'),
  j: () => (replay ? follow('next') : move(1)),
  k: () => (replay ? follow('prev') : move(-1)),
};
const replayKeys = {
  ArrowRight: () => follow('next'),
  ArrowLeft: () => follow('prev'),
  ' ': () => follow('next'),
  Home: () => follow('first'),
  End: () => follow('last'),
};

document.addEventListener('keydown', (event) => {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  if (target.closest('input, textarea, select, [contenteditable]')) return;
  if (kept() === 'off' && event.key !== '?') return;
  // A button or a link takes its own space bar, a box that scrolls its own arrows.
  const own =
    (event.key === ' ' && target.closest('button, summary')) ||
    (event.key.startsWith('Arrow') && target.closest('.lane-box, .scroll'));
  const act = keys[event.key] ?? (replay && !own ? replayKeys[event.key] : undefined);
  if (act === undefined) return;
  event.preventDefault();
  act();
});

if (help && button) {
  button.hidden = false;
  button.addEventListener('click', () => help.showModal());
}
if (box) {
  box.checked = kept() !== 'off';
  box.addEventListener('change', () => keep(box.checked ? 'on' : 'off'));
}
for (const hint of document.querySelectorAll('.keys-hint')) hint.hidden = false;
/* The frame that is shown stays in sight in its box. */
const now = document.querySelector('.lane-box .now');
if (now) {
  const lanes = now.closest('.lane-box');
  lanes.scrollLeft = now.getBBox().x - lanes.clientWidth / 2;
}
