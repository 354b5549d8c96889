// The line between the panes, to be moved by pointer or keys; double click puts it back.
const divider = document.getElementById('divider');

// What the style sheet gives the text at this size of the window.
function usual() {
  return Number(getComputedStyle(document.documentElement).getPropertyValue('--usual-share'));
}

function width(percent) {
  const share = Math.round(Math.max(28, Math.min(70, percent)));
  document.documentElement.style.setProperty('--text-share', share);
  divider.setAttribute('aria-valuenow', share);
  try {
    localStorage.setItem('text-share', share);
  } catch {
    // A browser may refuse to remember.
  }
}

if (divider) {
  const share = document.documentElement.style.getPropertyValue('--text-share');
  divider.setAttribute('aria-valuenow', share || usual());
  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    divider.onpointermove = ({ clientX }) => width((100 * clientX) / window.innerWidth);
  });
  divider.addEventListener('lostpointercapture', () => { divider.onpointermove = null; });
  divider.addEventListener('dblclick', () => width(usual()));
  divider.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
    if (step) {
      event.preventDefault();
      width(Number(divider.getAttribute('aria-valuenow')) + step);
    }
  });
}
