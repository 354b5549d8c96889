// What htmx leaves to the page: telling when the server cannot be reached or refuses, and keeping two tabs in step.
const notices = document.getElementById('notice');

function notice(text) {
  const line = document.createElement('p');
  line.className = 'notice';
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'close';
  close.textContent = notices.dataset.close;
  line.append(text, ' ', close);
  notices.replaceChildren(line);
}

notices.addEventListener('click', ({ target }) => {
  if (target.matches('.close')) {
    notices.replaceChildren();
  }
});

document.addEventListener('htmx:beforeRequest', () => notices.replaceChildren());

// An error may bring its own notice: the server then says where it goes.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.isError && detail.xhr.getResponseHeader('HX-Retarget')) {
    detail.shouldSwap = true;
  }
});

document.addEventListener('htmx:responseError', ({ detail: { xhr } }) => {
  if (!xhr.getResponseHeader('HX-Retarget')) {
    notice(reason(xhr) ?? notices.dataset.refused);
  }
});

document.addEventListener('htmx:sendError', () => notice(notices.dataset.lost));

// An error that is a page of its own is told by its heading and its first sentence.
function reason(xhr) {
  if (!xhr.getResponseHeader('Content-Type')?.includes('html')) {
    return undefined;
  }
  const main = new DOMParser().parseFromString(xhr.responseText, 'text/html').querySelector('main');
  return [...(main?.querySelectorAll('h1, h1 + p') ?? [])].map((part) => part.textContent).join(' ') || undefined;
}

// Another tab may have moved on meanwhile.
function refresh() {
  if (document.visibilityState === 'visible') {
    htmx.trigger('#steps', 'stale');
  }
}

document.addEventListener('visibilitychange', refresh);
document.addEventListener('htmx:wsOpen', refresh);
