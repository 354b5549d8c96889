// A copy button for every block of text that is worth copying. Without this script the text can still be selected.
const { copy, copied } = document.body.dataset;

for (const block of document.querySelectorAll('pre:not(.nocopy)')) {
  const frame = document.createElement('div');
  frame.className = 'copyable';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = copy;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.innerText);
    button.textContent = copied;
    setTimeout(() => { button.textContent = copy; }, 1500);
  });
  block.replaceWith(frame);
  frame.append(block, button);
}

for (const button of document.querySelectorAll('[data-copies]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copies).innerText);
    button.textContent = copied;
    setTimeout(() => { button.textContent = copy; }, 1500);
  });
}
