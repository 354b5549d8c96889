// Single-key shortcuts. They are for reading hands: none fires while the editor is open, in a field, or in the middle of typing.
const keys = document.getElementById('keys');
const switched = document.getElementById('keys-on');

// A second key within this many milliseconds makes a word of the first one, and a word is no shortcut.
const WORD = 300;

const store = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser may refuse to remember */ } },
};

// Speech control and typing aids make single keys a hazard, so they can be turned off.
switched.checked = store.get('keys') !== 'off';
switched.addEventListener('change', () => store.set('keys', switched.checked ? 'on' : 'off'));

const sending = () => document.getElementById('picture')?.dataset.sending === 'true';
const actions = {
  a: '#apply-form button',
  c: '#check-form button',
  e: () => { const edit = document.getElementById('edit'); edit.open = true; edit.scrollIntoView({ block: 'nearest' }); },
  s: '#generator .primary',
  k: () => document.querySelector(sending() ? '#generator .stop' : '#generator .keep').click(),
  d: '#generator .delete',
  w: '.why-head button',
  l: '#tab-live',
  o: '#tab-cluster',
  n: '#pager [rel=next]',
  p: '#pager [rel=prev]',
  '?': () => keys.showModal(),
};

const FIELDS = 'input:not([type=radio], [type=range], [type=checkbox]), textarea, select, [contenteditable]';

function writing(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat
    || event.composedPath()[0].closest?.(FIELDS) || document.querySelector('dialog[open], #edit[open]');
}

let pending;
let last = -Infinity;

document.addEventListener('keydown', (event) => {
  if (event.key.length !== 1 || writing(event) || !(switched.checked || event.key === '?')) {
    return;
  }
  const word = event.timeStamp - last < WORD;
  last = event.timeStamp;
  clearTimeout(pending);
  const action = actions[event.key];
  if (word || !action) {
    return;
  }
  event.preventDefault();
  pending = setTimeout(() => (typeof action === 'string' ? document.querySelector(action)?.click() : action()), WORD);
});

document.querySelector('.open-keys')?.addEventListener('click', () => keys.showModal());
