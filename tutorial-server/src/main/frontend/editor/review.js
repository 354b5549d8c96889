// Asks the cluster what it thinks of the draft, a moment after the last key.

const PAUSE = 450;
const LATER = 3_000;

export function reviewer(form, go) {
  const place = form.querySelector('.review');
  let waiting;
  let latest = 0;

  place.addEventListener('click', ({ target }) => {
    const line = target.closest('[data-line]');
    if (line && target.closest('button')) {
      go(Number(line.dataset.line), Number(line.dataset.column));
    }
  });

  async function ask(text, told) {
    const turn = ++latest;
    const body = new URLSearchParams({ yaml: text, _csrf: form.elements._csrf.value });
    const answer = await fetch(form.dataset.review, { method: 'POST', body, headers: { 'HX-Request': 'true' } })
      .catch(() => undefined);
    // An answer to an older draft says nothing about this one.
    if (turn !== latest) {
      return;
    }
    if (!answer?.ok) {
      soon(text, told, LATER);
      return;
    }
    place.innerHTML = await answer.text();
    told([...place.querySelectorAll('[data-line]')].map((remark) => ({
      line: Number(remark.dataset.line),
      column: Number(remark.dataset.column),
      message: remark.querySelector('.message').textContent,
    })));
  }

  function soon(text, told, pause = PAUSE) {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(text, told), pause);
  }

  return { soon };
}
