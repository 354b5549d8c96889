// The learner's own writing: the editor, fetched when its part of the page is opened, and what must outlive a reload, which is the
// draft and the prediction. Both belong to one step of one lab.
const edit = document.getElementById('edit');
const form = edit?.querySelector('form');
const field = form?.querySelector('textarea');
const place = location.pathname;

const store = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => {
    try {
      if (value === null) {
        localStorage.removeItem(name);
      } else {
        localStorage.setItem(name, value);
      }
    } catch {
      // A browser may refuse to remember.
    }
  },
};

async function mount() {
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

if (field) {
  const name = `draft:${place}`;
  const kept = store.get(name);
  if (kept !== null && kept !== field.value) {
    field.value = kept;
    edit.open = true;
  }
  field.addEventListener('input', () => store.set(name, field.value === field.defaultValue ? null : field.value));
  edit.addEventListener('toggle', mount);
  mount();
}

// Each prediction belongs to its step; on the last page those that missed come again, until they are right.
const choices = [...document.querySelectorAll('.predict input')];
const missed = document.getElementById('missed');

for (const asked of document.querySelectorAll('.predict')) {
  const name = `prediction:${place.slice(0, place.lastIndexOf('/'))}/${asked.dataset.step}`;
  const inputs = [...asked.querySelectorAll('input')];
  const given = inputs[Number(store.get(name) ?? -1)];
  inputs.forEach((choice, i) => choice.addEventListener('change', () => store.set(name, String(i))));
  if (missed) {
    asked.hidden = !given?.closest('.wrong');
    missed.hidden &&= asked.hidden;
  } else if (given) {
    given.checked = true;
  }
}

// What was predicted stays, and the figures answer it.
const seen = document.querySelector('.predict .seen');

function answer() {
  const choice = choices.find(({ checked }) => checked);
  const rows = [...document.querySelectorAll('.bars tbody tr')];
  const shares = rows.map((row) => `${row.querySelector('th b').lastChild.textContent.trim()} ${row.querySelector('.figure b').textContent}`);
  const counted = document.querySelector('#recent[data-newest]:not([data-newest="0"])') && rows.some((row) => row.querySelector('.share'));
  seen.hidden = !(choice && counted);
  if (!seen.hidden) {
    const said = choice.labels[0].textContent.trim();
    seen.textContent = seen.dataset.seen.replace('%said', said).replace('%shares', shares.join(', '));
  }
}

if (seen) {
  document.addEventListener('htmx:wsAfterMessage', answer);
  choices.forEach((choice) => choice.addEventListener('change', answer));
}

// A lab that starts over starts without them.
document.querySelector('form[action$="/reset"]')?.addEventListener('submit', () => {
  const lab = place.slice(0, place.lastIndexOf('/'));
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(`draft:${lab}/`) || name.startsWith(`prediction:${lab}/`)) {
      store.set(name, null);
    }
  }
});
