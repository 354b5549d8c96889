// The action bar: what an action brought opens right above its buttons, and the next action follows from what was done. A check that
// was made is made again when the lab's objects change, and says that it is old when requests came after it.
const outcome = document.getElementById('outcome');
const checked = document.getElementById('check-result');
const check = document.getElementById('check-form');

// Objects change in bursts; a check looks when they have settled, and leaves the cluster some air.
const SETTLED = 1_500;
const BREATH = 5_000;

let asked = false;

function open(result) {
  for (const one of outcome.querySelectorAll('.result')) {
    one.classList.toggle('fresh', one === result);
  }
}

function next(action) {
  const bar = document.getElementById('actions');
  if (bar.dataset.next !== 'next' && bar.dataset.next !== 'apply') {
    bar.dataset.next = action;
  }
}

// Who pressed the button looks at the bar for what came of it; a check that ran by itself does not put itself in the way.
document.addEventListener('submit', ({ target }) => {
  if (target === check) {
    asked = true;
  }
}, true);

document.addEventListener('htmx:afterSwap', ({ detail: { target } }) => {
  if (target?.id === 'apply-result' || (target?.id === 'check-result' && asked)) {
    open(target);
    outcome.scrollTop = 0;
  }
  if (target?.id === 'check-result') {
    asked = false;
    since = undefined;
    last = performance.now();
  }
  if (target?.id === 'done') {
    next('check');
  }
});

outcome.querySelector('.close-outcome').addEventListener('click', () => open());
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && !document.querySelector('dialog[open]')) {
    open();
  }
});

// What a check looked at may change after it

let waiting;
let last = -Infinity;
let since;

function again() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    htmx.ajax('POST', check.getAttribute('hx-post'), { source: check, target: '#check-result', swap: 'innerHTML' });
  }, Math.max(SETTLED, last + BREATH - performance.now()));
}

document.body.addEventListener('objects-changed', () => {
  if (checked.querySelector('.checks') || document.querySelector('#check-list .yes')) {
    again();
  }
});

document.addEventListener('htmx:wsAfterMessage', () => {
  const newest = document.getElementById('recent')?.dataset.newest;
  const age = checked.querySelector('.age');
  if (!age || performance.now() - last < SETTLED) {
    since = undefined; // a check's own requests do not make it old
    return;
  }
  since ??= newest;
  if (newest !== since && !age.classList.contains('stale')) {
    age.classList.add('stale');
    age.textContent += ` ${checked.dataset.stale}`;
  }
});

// On a small screen the bar of steps is wider than the page: the step that is read stands in its middle

function centre() {
  const steps = document.getElementById('steps');
  const current = steps?.querySelector('[aria-current]');
  if (current) {
    steps.scrollLeft += current.getBoundingClientRect().left + current.offsetWidth / 2
      - steps.getBoundingClientRect().left - steps.clientWidth / 2;
  }
}

centre();
document.addEventListener('htmx:oobAfterSwap', centre);
