// A copy button for every block of text that is worth copying. Without this script the text can still be selected.
const { copy, copied } = document.body.dataset;

function button(text) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'copy';
  made.textContent = copy;
  made.addEventListener('click', () => give(made, text()));
  return made;
}

async function give(pressed, text) {
  await navigator.clipboard.writeText(text);
  pressed.textContent = copied;
  setTimeout(() => { pressed.textContent = copy; }, 1500);
}

for (const block of document.querySelectorAll('main pre:not(.nocopy)')) {
  const made = button(() => block.innerText);
  const file = block.closest('.manifest')?.querySelector('.file');
  if (file) {
    file.append(made);
    continue;
  }
  const frame = document.createElement('div');
  frame.className = 'copyable';
  const bar = document.createElement('div');
  bar.className = 'copy-bar';
  bar.append(made);
  block.replaceWith(frame);
  frame.append(bar, block);
}

for (const pressed of document.querySelectorAll('[data-copies]')) {
  pressed.addEventListener('click', () => give(pressed, document.querySelector(pressed.dataset.copies).innerText));
}
