// What comes over the socket again and again comes small: the last requests as a letter each, and of the drawing only the figures that
// moved. They are drawn here, before the browser paints.
// One path a kind holds all its marks; a move and a line of no length is a dot or a square, by its line caps.
const COLUMNS = 40;
const CELL = 12;
const SVG = 'http://www.w3.org/2000/svg';

const OUTLINES = {
  dot: (x, y) => `M${x} ${y}h0`,
  square: (x, y) => `M${x} ${y}h0`,
  triangle: (x, y) => `M${x} ${y - 4.5}l4.5 8h-9z`,
  diamond: (x, y) => `M${x} ${y - 4.5}l4.5 4.5-4.5 4.5-4.5-4.5z`,
  failed: (x, y) => `M${x - 3} ${y - 3}l6 6m0-6l-6 6`,
  other: (x, y) => `M${x} ${y}h0`,
};

function look(letter, looks) {
  if (letter === '!') {
    return 'failed';
  }
  return looks[letter.charCodeAt(0) - 97] || 'other';
}

function draw() {
  const recent = document.getElementById('recent');
  if (!recent || recent.childElementCount > 0) {
    return;
  }
  const looks = recent.dataset.looks.split(',');
  const paths = new Map();
  [...recent.dataset.marks].forEach((letter, i) => {
    const kind = look(letter, looks);
    const x = (i % COLUMNS) * CELL + CELL / 2;
    const y = Math.floor(i / COLUMNS) * CELL + CELL / 2;
    paths.set(kind, (paths.get(kind) ?? '') + OUTLINES[kind.split(' ')[0]](x, y));
  });
  for (const [kind, outline] of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', kind);
    path.setAttribute('d', outline);
    recent.append(path);
  }
}

// The drawing's own edges stay, so that they are seen to grow and to shrink.
function flow({ widths, titles, figures } = {}) {
  if (widths === undefined) {
    return;
  }
  const thickness = widths.split(' ');
  const told = titles.split('|');
  document.querySelectorAll('#topology .edge').forEach((edge, i) => {
    edge.setAttribute('stroke-width', thickness[i]);
    const title = edge.querySelector('title');
    if (title) {
      title.textContent = told[i];
    }
  });
  const percents = figures.split('|');
  document.querySelectorAll('#topology .percent').forEach((text, i) => { text.textContent = percents[i]; });
}

let moved;

document.addEventListener('htmx:wsAfterMessage', () => {
  draw();
  const now = document.getElementById('flow');
  if (now !== moved) {
    moved = now;
    flow(now?.dataset);
  }
});
