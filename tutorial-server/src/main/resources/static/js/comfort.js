// What makes the workbench a place to stay in: keys, the width of the panes, the editor when it is wanted, and a curl line to copy.
const keys = document.getElementById('keys');
const store = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser may refuse to remember */ } },
};

// Single keys, which whoever speaks to their computer or types with an aid can turn off

const switched = document.getElementById('keys-on');
switched.checked = store.get('keys') !== 'off';
switched.addEventListener('change', () => store.set('keys', switched.checked ? 'on' : 'off'));

const sending = () => document.getElementById('picture')?.dataset.sending === 'true';
const actions = {
  a: '#apply form .primary',
  c: '#check-form button',
  e: () => { const edit = document.getElementById('edit'); edit.open = !edit.open; edit.scrollIntoView({ block: 'nearest' }); },
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

document.addEventListener('keydown', (event) => {
  const typing = event.composedPath()[0].closest?.('input:not([type=radio], [type=range]), textarea, select, [contenteditable]');
  if (event.ctrlKey || event.metaKey || event.altKey || typing || document.querySelector('dialog[open]')) {
    return;
  }
  const action = actions[event.key];
  if (action && (switched.checked || event.key === '?')) {
    event.preventDefault();
    if (typeof action === 'string') {
      document.querySelector(action)?.click();
    } else {
      action();
    }
  }
});

document.querySelector('.open-keys')?.addEventListener('click', () => keys.showModal());

// The line between the panes

const divider = document.getElementById('divider');

function width(percent) {
  const share = Math.round(Math.max(28, Math.min(70, percent)));
  document.documentElement.style.setProperty('--text-share', share);
  divider.setAttribute('aria-valuenow', share);
  store.set('text-share', share);
}

if (divider) {
  divider.setAttribute('aria-valuenow', store.get('text-share') ?? 46);
  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    divider.onpointermove = ({ clientX }) => width((100 * clientX) / window.innerWidth);
  });
  divider.addEventListener('lostpointercapture', () => { divider.onpointermove = null; });
  divider.addEventListener('dblclick', () => width(46));
  divider.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
    if (step) {
      event.preventDefault();
      width(Number(divider.getAttribute('aria-valuenow')) + step);
    }
  });
}

// The editor is fetched when its part of the page is opened, and not before

const edit = document.getElementById('edit');

async function mount() {
  const form = edit.querySelector('form');
  if (!edit.open || form.dataset.mounted) {
    return;
  }
  form.dataset.mounted = 'true';
  try {
    const { mount: take } = await import(form.dataset.editor);
    take(form);
  } catch {
    delete form.dataset.mounted; // the plain text field does the same, and the next opening tries again
  }
}

edit?.addEventListener('toggle', mount);
if (edit?.open) {
  mount();
}

// The generator: the rate in words, and the same request for a shell

const rate = document.querySelector('input[name=rate][type=range]');
const curl = document.getElementById('curl');

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function write() {
  const field = (name) => document.querySelector(`.options [name=${name}]`)?.value.trim() ?? '';
  rate.nextElementSibling.textContent = rate.dataset.unit.replace('%', rate.value);
  const named = field('called') || 'user';
  const parts = ['curl'];
  for (const header of field('header').split('\n').filter((line) => line.trim())) {
    parts.push('-H', quoted(header.trim()));
  }
  if (field('by') === 'HEADER') {
    parts.push('-H', quoted(`${named}: client-1`));
  }
  if (field('by') === 'COOKIE') {
    parts.push('-b', quoted(`${named}=client-1`));
  }
  parts.push(quoted(location.origin + curl.dataset.address + field('path')));
  curl.textContent = parts.join(' ');
}

if (rate && curl) {
  document.querySelector('.options').addEventListener('input', write);
  write();
}
