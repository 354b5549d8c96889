// One request told stage by stage beside the map: one stage at a time, by buttons or arrow keys, and its place lit in the drawing.
const story = document.getElementById('story');
const [back, on, whole] = ['.story-back', '.story-on', '.story-all'].map((name) => story.querySelector(name));
const place = story.querySelector('.at');

let now = 0;
let every = false;

function stages() {
  return [...document.querySelectorAll('#stages > li')];
}

function show(to) {
  const all = stages();
  now = Math.max(0, Math.min(to, all.length - 1));
  all.forEach((stage, i) => stage.classList.toggle('now', i === now));
  document.getElementById('stages').classList.toggle('told-one', !every);
  back.disabled = now === 0;
  on.disabled = now >= all.length - 1;
  place.textContent = all.length === 0 ? '' : place.dataset.at.replace('%n', now + 1).replace('%m', all.length);
  const told = every ? document.querySelector('#why .told') : all[now];
  document.dispatchEvent(new CustomEvent('stage-told', { detail: told?.dataset.way }));
}

// The stage that is turned to is looked at, also where the page ends below it.
function turn(step) {
  show(now + step);
  stages()[now]?.scrollIntoView({ block: 'nearest' });
}

back.addEventListener('click', () => turn(-1));
on.addEventListener('click', () => turn(1));
whole.addEventListener('click', () => {
  every = !every;
  whole.setAttribute('aria-pressed', every);
  show(now);
});

story.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step && stages().length > 0) {
    event.preventDefault();
    turn(step);
  }
});

document.addEventListener('htmx:afterSettle', ({ detail: { target } }) => {
  if (target?.id !== 'why') {
    return;
  }
  show(0);
  // The map and the story below it come into view together where both fit, else the story alone.
  document.querySelector('.why-head').scrollIntoView({ block: 'nearest' });
  story.scrollIntoView({ block: 'nearest' });
  if (!on.disabled) {
    on.focus({ preventScroll: true });
  }
});

if (stages().length > 0) {
  show(0);
}
