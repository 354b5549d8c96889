// Where in an object's tree a line of YAML stands, told by indentation alone: it must work while the text is still being written.

const KEY = /^(\s*(?:- )*)([\w./-]+)\s*:(?:\s|$)/;

// The column of a line's key, behind the dashes of lists.
function column(line) {
  return line.match(/^\s*(?:- )*/)[0].length;
}

function start(lines, number) {
  let first = number;
  while (first > 0 && !lines[first - 1].startsWith('---')) {
    first--;
  }
  return first;
}

// The object that the line belongs to, and the names of the fields above it.
export function placeOf(lines, number, indent = column(lines[number])) {
  const first = start(lines, number);
  const path = [];
  let limit = indent;
  for (let i = number - 1; i >= first && limit > 0; i--) {
    const key = lines[i].match(KEY);
    if (key && key[1].length < limit) {
      path.unshift(key[2]);
      limit = key[1].length;
    }
  }
  return { apiVersion: top(lines, first, 'apiVersion'), kind: top(lines, first, 'kind'), path };
}

function top(lines, first, name) {
  for (let i = first; i < lines.length && !(i > first && lines[i].startsWith('---')); i++) {
    const key = lines[i].match(KEY);
    if (key?.[1] === '' && key[2] === name) {
      return lines[i].slice(lines[i].indexOf(':') + 1).replace(/\s#.*$/, '').trim();
    }
  }
  return '';
}

// The key of a line, and where its name stands.
export function keyOf(line) {
  const key = line.match(KEY);
  return key && { name: key[2], from: key[1].length, to: key[1].length + key[2].length };
}
