// Shares over time: how the counts came to what they are. Each version's line begins anywhere and walks into its funnel, the range in
// which 95 of 100 such counts lie; the more requests, the narrower. A point a frame, drawn by this page alone.
const strip = document.querySelector('#strip svg');
const pause = document.getElementById('travel-pause');
const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 480;
const HEIGHT = 90;
const MOST = 240;
const LEAST = 10;
const STEPS = 32;
const WITHIN = 1.96;

let points = [];

function rows() {
  return [...document.querySelectorAll('.bars tbody tr')].map(({ className, dataset }) => ({
    tone: className, count: Number(dataset.count), want: dataset.want === undefined ? undefined : Number(dataset.want) / 100,
  }));
}

function note(now) {
  const total = now.reduce((sum, { count }) => sum + count, 0);
  const last = points.at(-1);
  if (last && (total < last.total || now.length !== last.counts.length)) {
    points = [];
  }
  if (total > (points.at(-1)?.total ?? 0)) {
    points.push({ total, counts: now.map(({ count }) => count) });
  }
  if (points.length > MOST) {
    points = points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
  }
}

// Requests count by their order of magnitude, as the range narrows by it.
function scale(most) {
  const end = Math.log(Math.max(most, 10 * LEAST) / LEAST);
  return (total) => (WIDTH * Math.max(0, Math.log(total / LEAST))) / end;
}

function y(share) {
  return HEIGHT * (1 - Math.min(1, Math.max(0, share)));
}

function path(kind, places) {
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('class', kind);
  line.setAttribute('d', `M${places.map(([across, down]) => `${across.toFixed(1)} ${down.toFixed(1)}`).join('L')}`);
  return line;
}

function funnel(want, most, x) {
  const totals = Array.from({ length: STEPS + 1 }, (_, i) => LEAST * (Math.max(most, 10 * LEAST) / LEAST) ** (i / STEPS));
  const edge = (side) => totals.map((total) => [x(total), y(want + side * WITHIN * Math.sqrt((want * (1 - want)) / total))]);
  return [...edge(1), ...edge(-1).reverse()];
}

function draw(now) {
  const most = points.at(-1)?.total ?? 0;
  const x = scale(most);
  const seen = points.filter(({ total }) => total >= LEAST);
  const shapes = now.filter(({ want }) => want !== undefined)
    .map(({ tone, want }) => path(`funnel ${tone}`, funnel(want, most, x)));
  if (seen.length > 0) {
    now.forEach(({ tone }, i) => {
      const places = seen.map(({ total, counts }) => [x(total), y(counts[i] / total)]);
      shapes.push(path(`walk ${tone}`, [...places, places.at(-1)]));
    });
  }
  strip.replaceChildren(...shapes);
}

function follow() {
  const now = rows();
  note(now);
  if (pause?.getAttribute('aria-pressed') !== 'true') {
    draw(now);
  }
}

if (strip) {
  document.addEventListener('htmx:wsAfterMessage', follow);
}
