// The panel: its views, the choice of one request among the last, and the sheet that shows an object whole.
const views = [...document.querySelectorAll('[data-view]')];
const sheet = document.getElementById('sheet');
const content = document.getElementById('sheet-content');
const tree = document.getElementById('tree');
const pick = document.getElementById('pick');

// Views

function show(tab) {
  for (const one of views) {
    const chosen = one === tab;
    one.classList.toggle('on', chosen);
    one.setAttribute('aria-selected', chosen);
    one.tabIndex = chosen ? 0 : -1;
    document.getElementById(one.dataset.view).hidden = !chosen;
  }
  refreshTree();
}

if (views.length > 0) {
  views[0].parentElement.setAttribute('role', 'tablist');
  for (const tab of views) {
    const view = document.getElementById(tab.dataset.view);
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', view.id);
    view.setAttribute('role', 'tabpanel');
    view.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', (event) => {
      event.preventDefault();
      show(tab);
    });
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) {
        const next = views[(views.indexOf(tab) + step + views.length) % views.length];
        show(next);
        next.focus();
      } else if (key === ' ') {
        show(tab);
      }
    });
  }
  show(views[0]);
}

// Objects: the tree is read anew when something changed while it is looked at

let stale;

function refreshTree() {
  if (!document.getElementById('cluster-view').hidden) {
    htmx.trigger(tree, 'stale');
  }
}

document.body.addEventListener('objects-changed', () => {
  stale ??= setTimeout(() => {
    stale = undefined;
    refreshTree();
  }, 400);
});

document.addEventListener('click', (event) => {
  const link = event.target.closest('a.object, a.node.there');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link.getAttribute('href'), link.id);
  }
});

let opener;

async function open(address, from) {
  opener = from;
  await htmx.ajax('GET', address, { target: content, swap: 'innerHTML' });
  if (!sheet.open) {
    sheet.showModal();
  }
  document.getElementById('sheet-title')?.focus();
}

// What opened the sheet may have been drawn anew meanwhile, so it is found by its id. A closed sheet stops reading logs.
sheet.addEventListener('close', () => {
  content.replaceChildren();
  document.getElementById(opener)?.focus();
});

for (const dialog of document.querySelectorAll('dialog')) {
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || target.closest('.close-dialog')) {
      dialog.close();
    }
  });
}

// The last requests: one control to choose among them, by pointer or by arrow keys

const COLUMNS = 40;
const ROWS = 5;
const CELL = 12;
let chosen = 0;

function marks() {
  return document.getElementById('recent').dataset;
}

function choose(index) {
  const { marks: letters, newest } = marks();
  if (letters.length === 0) {
    pick.setAttribute('aria-valuetext', pick.dataset.none);
    return;
  }
  chosen = Math.max(0, Math.min(index, letters.length - 1));
  const cursor = pick.querySelector('.cursor');
  cursor.setAttribute('x', (chosen % COLUMNS) * CELL);
  cursor.setAttribute('y', Math.floor(chosen / COLUMNS) * CELL);
  pick.setAttribute('aria-valuenow', chosen + 1);
  pick.setAttribute('aria-valuetext', pick.dataset.request.replace('%n', newest - chosen).replace('%v', said(letters[chosen])));
}

function said(letter) {
  if (letter === '!') {
    return pick.dataset.failed;
  }
  const row = document.querySelectorAll('.bars tbody tr')[letter.charCodeAt(0) - 97];
  return row?.querySelector('th b')?.textContent.trim() ?? '';
}

async function tell() {
  const { marks: letters, newest } = marks();
  if (letters.length > 0) {
    await htmx.ajax('GET', pick.dataset.href + (newest - chosen), { target: '#why', swap: 'innerHTML' });
  }
}

function at({ clientX, clientY }) {
  const box = pick.getBoundingClientRect();
  const column = Math.floor(((clientX - box.left) / box.width) * COLUMNS);
  const row = Math.floor(((clientY - box.top) / box.height) * ROWS);
  return Math.max(0, Math.min(row, ROWS - 1)) * COLUMNS + Math.max(0, Math.min(column, COLUMNS - 1));
}

pick?.addEventListener('pointermove', (event) => choose(at(event)));
pick?.addEventListener('click', (event) => {
  if (at(event) < marks().marks.length) {
    choose(at(event));
    tell();
  }
});
pick?.addEventListener('focus', () => choose(chosen));
pick?.addEventListener('keydown', (event) => {
  const last = marks().marks.length - 1;
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS, Home: -chosen, End: last - chosen };
  if (event.key in steps) {
    event.preventDefault();
    choose(chosen + steps[event.key]);
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    tell();
  }
});

// The way that the told request took, in the drawing

let way = '';

document.addEventListener('stage-told', ({ detail }) => {
  way = detail ?? '';
  light();
  // Where the drawing is wider than its frame, the place that is told is scrolled to.
  const frame = document.querySelector('.way');
  const here = frame.querySelector('.node.here')?.getBoundingClientRect();
  if (here) {
    const { left, width } = frame.getBoundingClientRect();
    frame.scrollLeft += here.left + here.width / 2 - left - width / 2;
  }
});

function light() {
  const passed = way.split(' ').filter(Boolean);
  const lit = new Set(passed);
  const map = document.querySelector('#topology .map');
  map?.classList.toggle('lit', lit.size > 0);
  for (const node of document.querySelectorAll('#topology .node')) {
    node.classList.toggle('on-way', lit.has(node.dataset.node));
    node.classList.toggle('here', node.dataset.node === passed.at(-1));
  }
  for (const edge of document.querySelectorAll('#topology .edge')) {
    edge.classList.toggle('on-way', lit.has(edge.dataset.from) && lit.has(edge.dataset.to));
  }
}

document.addEventListener('htmx:wsAfterMessage', light);
document.addEventListener('htmx:afterSettle', ({ detail: { target } }) => {
  // A log is read from its end.
  if (target?.matches('.log')) {
    target.firstElementChild.scrollTop = target.firstElementChild.scrollHeight;
  }
});

// What does not fit is said to go on

const frames = [...document.querySelectorAll('.way, .marks-scroll')];
const cut = new ResizeObserver(() => frames.forEach((frame) => frame.parentElement.classList.toggle('cut', frame.scrollWidth > frame.clientWidth + 1)));
frames.forEach((frame) => cut.observe(frame));
