// Runs before the first paint, so that a remembered layout, and what only scripts can do, does not make the page jump.
document.documentElement.classList.add('js');
try {
  const share = Number(localStorage.getItem('text-share'));
  if (share >= 28 && share <= 70) {
    document.documentElement.style.setProperty('--text-share', share);
  }
} catch {
  // A browser may refuse to remember; then the layout is the usual one.
}
