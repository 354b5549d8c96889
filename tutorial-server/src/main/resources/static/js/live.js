// The live panel's connection: says when it is lost, comes back quickly, and tells screen readers the verdict without chatter.
const connection = document.getElementById('connection');
const summary = document.getElementById('summary');

const SLOWEST_RETRY = 3_000;
const QUIET = 4_000;

// Loaded ahead of the extension's first connection: module scripts run before DOMContentLoaded, htmx starts after it.
htmx.config.wsReconnectDelay = (retries) => Math.min(250 * 2 ** retries, SLOWEST_RETRY) * (0.75 + Math.random() / 2);

function say(state) {
  connection.dataset.state = state;
  connection.textContent = connection.dataset[state];
}

document.addEventListener('htmx:wsOpen', () => say('live'));
document.addEventListener('htmx:wsClose', async () => {
  say('lost');
  // Where the server is there and the lab is not, trying again is no use: the page itself then says what happened.
  const answer = await fetch(location.href, { method: 'HEAD' }).catch(() => undefined);
  if (answer && [403, 404].includes(answer.status)) {
    location.reload();
  }
});

// What has the keyboard's focus may be drawn anew; the focus stays with it.
let focused;
document.addEventListener('htmx:wsBeforeMessage', () => { focused = document.activeElement; });

let revision;

document.addEventListener('htmx:wsAfterMessage', () => {
  if (focused?.id && !focused.isConnected) {
    document.getElementById(focused.id)?.focus({ preventScroll: true });
  }
  const now = document.getElementById('revision')?.dataset.revision;
  if (now !== revision) {
    // The first one only says how things are; the page has just been made by that.
    if (revision !== undefined) {
      htmx.trigger(document.body, 'objects-changed');
    }
    revision = now;
  }
});

let told = '';
let waiting;

// A screen reader hears a verdict when it changes, and not more often than somebody can listen.
document.addEventListener('htmx:wsAfterMessage', () => {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    const verdict = document.getElementById('verdict')?.textContent ?? '';
    if (verdict !== told) {
      told = verdict;
      summary.textContent = verdict;
    }
  }, QUIET);
});
