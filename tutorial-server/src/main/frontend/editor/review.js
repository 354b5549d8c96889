// Asks the cluster what it thinks of the draft, a moment after the last key.

const PAUSE = 450;

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
    if (turn !== latest || !answer?.ok) {
      return;
    }
    place.innerHTML = await answer.text();
    told([...place.querySelectorAll('[data-line]')].map((remark) => ({
      line: Number(remark.dataset.line),
      column: Number(remark.dataset.column),
      message: remark.querySelector('.message').textContent,
    })));
  }

  return {
    soon(text, told) {
      clearTimeout(waiting);
      waiting = setTimeout(() => ask(text, told), PAUSE);
    },
  };
}
