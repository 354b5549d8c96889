// Completion and help from the cluster's own schemas, asked for place by place.
import { keyOf, placeOf } from './place.js';

const TOP = [
  { name: 'apiVersion', type: 'string' }, { name: 'kind', type: 'string' }, { name: 'metadata', type: 'object' },
  { name: 'spec', type: 'object' },
];
const known = new Map();

function fieldsAt(address, { apiVersion, kind, path }) {
  if (!apiVersion || !kind) {
    return Promise.resolve(path.length === 0 ? TOP : []);
  }
  const query = new URLSearchParams({ apiVersion, kind, path: path.join('.') }).toString();
  if (!known.has(query)) {
    known.set(query, fetch(`${address}?${query}`).then((answer) => (answer.ok ? answer.json() : [])).catch(() => {
      known.delete(query);
      return [];
    }));
  }
  return known.get(query);
}

export function completions(address) {
  return async (context) => {
    const { state, pos } = context;
    const line = state.doc.lineAt(pos);
    const before = line.text.slice(0, pos - line.from);
    const lines = state.doc.toString().split('\n');
    const value = before.match(/^(\s*(?:- )*)([\w./-]+):\s+(\S*)$/);
    if (value) {
      const fields = await fieldsAt(address, placeOf(lines, line.number - 1, value[1].length));
      const values = fields.find(({ name }) => name === value[2])?.values ?? [];
      return values.length === 0 ? null : { from: pos - value[3].length, options: values.map((label) => ({ label })) };
    }
    const key = before.match(/^(\s*(?:- )*)([\w./-]*)$/);
    if (!key || (key[2] === '' && !context.explicit)) {
      return null;
    }
    const fields = await fieldsAt(address, placeOf(lines, line.number - 1, key[1].length));
    return fields.length === 0 ? null : {
      from: pos - key[2].length,
      validFor: /^[\w./-]*$/,
      options: fields.map(({ name, type, description, required }) => ({
        label: name,
        detail: type,
        info: description || undefined,
        boost: required ? 1 : 0,
        apply: name + (type === 'object' || type.startsWith('[]') ? ':' : ': '),
      })),
    };
  };
}

export function help(address) {
  return async (view, pos) => {
    const line = view.state.doc.lineAt(pos);
    const key = keyOf(line.text);
    if (!key || pos < line.from + key.from || pos > line.from + key.to) {
      return null;
    }
    const place = placeOf(view.state.doc.toString().split('\n'), line.number - 1, key.from);
    const field = (await fieldsAt(address, place)).find(({ name }) => name === key.name);
    return field ? { pos: line.from + key.from, end: line.from + key.to, above: true, create: () => ({ dom: tip(field) }) }
      : null;
  };
}

function tip({ name, type, description }) {
  const dom = document.createElement('div');
  dom.className = 'tip';
  const head = document.createElement('b');
  head.textContent = `${name} `;
  const kind = document.createElement('span');
  kind.textContent = type;
  const text = document.createElement('p');
  text.textContent = description ?? '';
  dom.append(head, kind, text);
  return dom;
}
