// Requests are seen to travel: each frame tells which requests are new, and a few of them go along the map's edges as small marks in
// the shape and tone of the version that answered, or up to where the way ends with a cross. Who asked their system for less motion,
// or pressed pause, reads the last second's figures instead.
const frame = document.querySelector('.way');
const pause = document.getElementById('travel-pause');
const figures = document.getElementById('travel-figures');
const still = matchMedia('(prefers-reduced-motion: reduce)');

// Four frames a second with so many marks each are as much as an eye can follow.
const MOST = 5;
const SPAN = 250;
const JOURNEY = 1_600;
const POINTS = 8;
const GLYPHS = ['●', '▲', '■', '◆'];

const layer = document.createElement('div');
layer.className = 'travel';
layer.setAttribute('aria-hidden', 'true');

let newest;
let routes = new Map();
let drawn;

function paused() {
  return pause?.getAttribute('aria-pressed') === 'true' || still.matches;
}

// Ways through the drawing

function edges(svg) {
  return [...svg.querySelectorAll('.edge:not(.ghost)')];
}

function tone(node) {
  return node?.querySelector('[class*=tone-]')?.getAttribute('class').match(/tone-(\d)/)?.[1];
}

// From where the request is answered back to who asked, along edges in use.
function wayTo(svg, end) {
  const used = edges(svg).filter((edge) => !edge.classList.contains('spare'));
  const outside = document.querySelector('[name=from]')?.value !== 'INSIDE';
  const way = [];
  const seen = new Set();
  let at = end;
  while (at && !seen.has(at) && at !== 'client' && at !== 'inside') {
    seen.add(at);
    const into = used.filter((edge) => edge.dataset.to === at);
    const edge = into.find(({ dataset }) => dataset.from === (outside ? 'client' : 'inside')) ?? into[0];
    if (!edge) {
      break;
    }
    way.unshift(edge);
    at = edge.dataset.from;
  }
  return way;
}

// Where nobody answered the mark goes as far as there are edges that no version owns.
function lostWay(svg) {
  const start = document.querySelector('[name=from]')?.value === 'INSIDE' ? 'inside' : 'client';
  const way = [];
  let at = start;
  for (let edge = first(svg, at); edge && way.length < 4; edge = first(svg, at)) {
    way.push(edge);
    at = edge.dataset.to;
  }
  return way.length > 0 ? way : [...svg.querySelectorAll(`.edge[data-from="${start}"]`)].slice(0, 1);
}

function first(svg, from) {
  return edges(svg).find((edge) => edge.dataset.from === from && /^(gateway|route)\//.test(edge.dataset.to));
}

function points(svg, way) {
  const box = svg.getBoundingClientRect();
  const scale = box.width / svg.viewBox.baseVal.width;
  return way.flatMap((edge) => {
    const length = edge.getTotalLength();
    return Array.from({ length: POINTS + 1 }, (_, i) => edge.getPointAtLength((length * i) / POINTS))
      .map(({ x, y }) => `translate(${(x * scale).toFixed(1)}px,${(y * scale).toFixed(1)}px)`);
  });
}

function route(letter) {
  const svg = frame.querySelector('.map');
  const size = `${svg.clientWidth}/${document.querySelector('[name=from]')?.value}`;
  if (drawn !== svg || routes.size === 0 || routes.get('size') !== size) {
    drawn = svg;
    routes = new Map([['size', size]]);
  }
  if (!routes.has(letter)) {
    const wanted = String(((letter.charCodeAt(0) - 97) % 6) + 1);
    const end = letter === '!' || letter === '?' ? undefined
      : [...svg.querySelectorAll('.node[data-node^="workload/"]')].find((node) => tone(node) === wanted)?.dataset.node;
    routes.set(letter, points(svg, end ? wayTo(svg, end) : lostWay(svg)));
  }
  return routes.get(letter);
}

function depart(letter, delay) {
  const way = route(letter);
  if (way.length === 0) {
    return;
  }
  const mark = document.createElement('i');
  const place = letter.charCodeAt(0) - 97;
  const failed = letter === '!';
  mark.className = failed ? 'failed' : place >= 0 && place < 26 ? `tone-${(place % 6) + 1}` : '';
  mark.textContent = failed ? '✕' : GLYPHS[Math.max(0, place) % GLYPHS.length];
  layer.append(mark);
  const frames = way.map((transform) => ({ transform }));
  if (failed) {
    frames.push({ transform: `${way.at(-1)} scale(1.9)`, offset: 1 });
  }
  const trip = mark.animate(frames, { duration: JOURNEY, delay, fill: 'backwards', easing: 'linear' });
  trip.onfinish = () => mark.remove();
  trip.oncancel = trip.onfinish;
}

// Which requests are new

function fresh() {
  // Before the first frame the page knows of no request at all.
  if (!document.getElementById('revision')?.dataset.revision) {
    return '';
  }
  const { newest: number, marks } = document.getElementById('recent')?.dataset ?? {};
  const count = newest === undefined ? 0 : Math.min(Number(number) - newest, marks.length);
  newest = Number(number);
  return count > 0 ? marks.slice(0, count) : '';
}

const lately = [];

function tell(letters) {
  const moment = performance.now();
  lately.push({ moment, letters });
  while (moment - lately[0].moment > 1_000) {
    lately.shift();
  }
  const text = lately.map((one) => one.letters).join('');
  const kinds = [...new Set(text)].sort();
  figures.textContent = kinds.length === 0 ? figures.dataset.none
    : kinds.map((kind) => `${kind === '!' ? '✕' : GLYPHS[Math.max(0, kind.charCodeAt(0) - 97) % GLYPHS.length]} ${text.split(kind).length - 1}/s`).join('  ');
}

function travel() {
  const letters = fresh();
  if (paused()) {
    tell(letters);
    return;
  }
  if (letters.length === 0 || document.hidden || frame.offsetParent === null) {
    return;
  }
  const shown = Math.min(MOST, letters.length);
  for (let i = 0; i < shown; i++) {
    depart(letters[Math.floor((i * letters.length) / shown)], (SPAN * i) / shown);
  }
}

function settle() {
  figures.hidden = !paused();
  if (paused()) {
    layer.replaceChildren();
    tell('');
  }
}

if (frame && pause) {
  frame.append(layer);
  pause.addEventListener('click', () => {
    pause.setAttribute('aria-pressed', String(pause.getAttribute('aria-pressed') !== 'true'));
    settle();
  });
  still.addEventListener('change', settle);
  settle();
  document.addEventListener('htmx:wsAfterMessage', travel);
}
