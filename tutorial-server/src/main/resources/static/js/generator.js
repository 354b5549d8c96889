// The generator: the rate in words, the same request for a shell, changes that take effect while it sends, and tabs that agree on
// whether it does.
const form = document.getElementById('generator');
const options = document.querySelector('.options');
const rate = options?.querySelector('input[name=rate]');
const curl = document.getElementById('curl');
const done = document.getElementById('done');

// Long enough for a hand that is still moving.
const PAUSE = 250;

function picture() {
  return document.getElementById('picture').dataset;
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function write() {
  const field = (name) => options.querySelector(`[name=${name}]`)?.value.trim() ?? '';
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

// What is sent follows its options at once, not at the next press of the button. Until a frame has it, older ones do not move the slider
// back under the hand; and a press of any button has the last word.
let waiting;
let asked;

function follow() {
  clearTimeout(waiting);
  if (picture().sending !== 'true') {
    return;
  }
  asked = rate.value;
  waiting = setTimeout(() => {
    if (picture().sending === 'true' && form.checkValidity()) {
      form.querySelector('.keep').click();
    }
  }, PAUSE);
}

// Another tab may have started, stopped or hurried it.
let sending = picture().sending;
let turned = false;

function agree() {
  const now = picture();
  if (now.sending !== sending) {
    sending = now.sending;
    turned = true;
    const told = done.querySelector('[data-sending]')?.dataset.sending;
    if (told !== sending && (told || sending === 'true')) {
      const line = document.createElement('span');
      line.dataset.sending = sending;
      line.textContent = sending === 'true' ? done.dataset.started : done.dataset.stopped;
      done.replaceChildren(line);
    }
  }
  if (now.rate === asked || now.sending !== 'true') {
    asked = undefined;
  }
  if (Number(now.rate) > 0 && now.rate !== rate.value && asked === undefined && !rate.matches(':active, :focus')) {
    rate.value = now.rate;
    write();
  }
}

// An answer that was long under way may be older than what frames have told since.
function overtaken({ detail }) {
  const told = detail.serverResponse.match(/data-sending="(true|false)"/)?.[1];
  if (detail.target === done && turned && told && told !== sending) {
    detail.shouldSwap = false;
  }
}

if (form && rate && curl) {
  options.addEventListener('input', write);
  options.addEventListener('input', ({ target }) => target === rate && follow());
  options.addEventListener('change', follow);
  form.addEventListener('submit', () => clearTimeout(waiting));
  form.addEventListener('htmx:beforeRequest', () => { turned = false; });
  document.addEventListener('htmx:beforeSwap', overtaken);
  document.addEventListener('htmx:wsAfterMessage', agree);
  write();
}
