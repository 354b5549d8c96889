// Manifests open at the lines they are about, say so when they are cut, and show the line that a row of the text explains.
const ROOM = 2.5;

function all(block) {
  const { all: more, part } = block.closest('.manifest').dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy whole-toggle';
  const lines = block.querySelectorAll('.line').length;
  const say = () => { button.textContent = block.classList.contains('whole') ? part : more.replace('%n', lines); };
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(block.classList.toggle('whole')));
    say();
  });
  say();
  block.closest('.manifest').querySelector('.file').append(button);
}

function scrollTo(block, line) {
  block.scrollTop = line.getBoundingClientRect().top - block.getBoundingClientRect().top + block.scrollTop - ROOM * line.offsetHeight;
}

const blocks = [...document.querySelectorAll('.manifest pre.code')];

for (const block of blocks) {
  if (block.scrollHeight > block.clientHeight + 1) {
    all(block);
    const first = block.querySelector('.line.marked');
    if (first) {
      scrollTo(block, first);
    }
  }
}

// Rows that explain a line

const lines = blocks.flatMap((block) => [...block.querySelectorAll('.line')].map((line) => ({ block, line, text: plain(line.textContent) })));

function plain(text) {
  return text.trim().replace(/^- /, '');
}

function light(found) {
  for (const { line } of lines) {
    line.classList.remove('lit');
  }
  for (const { line } of found) {
    line.classList.add('lit');
  }
}

for (const row of document.querySelectorAll('.text tr')) {
  const code = row.querySelector('td:first-child > code:only-child');
  const found = code ? lines.filter(({ text }) => text === plain(code.textContent)) : [];
  if (found.length === 0) {
    continue;
  }
  const link = document.createElement('button');
  link.type = 'button';
  link.className = 'line-link';
  code.replaceWith(link);
  link.append(code);
  const show = () => {
    light(found);
    scrollTo(found[0].block, found[0].line);
  };
  row.addEventListener('pointerenter', show);
  row.addEventListener('pointerleave', () => document.activeElement !== link && light([]));
  link.addEventListener('focus', show);
  link.addEventListener('blur', () => light([]));
  link.addEventListener('click', () => {
    show();
    found[0].block.closest('.manifest').scrollIntoView({ block: 'nearest' });
  });
}

// What scrolls sideways can be scrolled by keys as well.
function reachable() {
  for (const wide of document.querySelectorAll('.drawing, .text table')) {
    if (wide.scrollWidth > wide.clientWidth) {
      wide.tabIndex = 0;
    } else {
      wide.removeAttribute('tabindex');
    }
  }
}

new ResizeObserver(reachable).observe(document.body);
