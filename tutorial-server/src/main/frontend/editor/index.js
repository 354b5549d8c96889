// The editor of the Apply card. It takes the place of the plain text field and keeps it filled, so that the form works as before;
// what is wrong and what would change is the server's to say, and shown below as the server words it.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers,
} from '@codemirror/view';
import { completions, help } from './fields.js';
import { reviewer } from './review.js';
import { highlight, theme } from './theme.js';
import { weights } from './weights.js';

export function mount(form) {
  const field = form.querySelector('textarea');
  const original = field.defaultValue;
  const frame = document.createElement('div');
  frame.className = 'code-editor';
  field.before(frame);
  // In a shadow tree the editor's styles are adopted ones, which the page's content security policy allows.
  const root = frame.attachShadow({ mode: 'open' });
  const sliders = weights(form, (changes) => view.dispatch({ changes }));
  const review = reviewer(form, (line, column) => {
    view.dispatch({ selection: { anchor: position(view.state, line, column) }, scrollIntoView: true });
    view.focus();
  });

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(),
        closeBrackets(), highlightActiveLine(), yaml(), syntaxHighlighting(highlight), theme, lintGutter(),
        autocompletion({ override: [completions(form.dataset.fields)], icons: false }),
        hoverTooltip(help(form.dataset.fields)),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
        EditorView.domEventHandlers({ beforeinput: replace }),
        EditorView.contentAttributes.of({ 'aria-label': form.dataset.label, id: 'code' }),
        EditorState.phrases.of(JSON.parse(form.dataset.phrases ?? '{}')),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
      ],
    }),
  });

  function changed(text) {
    field.value = text;
    field.dispatchEvent(new Event('input'));
    sliders.read(text);
    review.soon(text, show);
  }

  function show(remarks) {
    view.dispatch(setDiagnostics(view.state, remarks.map(({ line, column, message }) => {
      const from = position(view.state, line, column);
      return { from, to: Math.max(from, view.state.doc.lineAt(from).to), severity: 'error', message };
    })));
  }

  // A click beside the editor is meant for it.
  form.addEventListener('mousedown', (event) => {
    if (event.target === form || event.target === frame) {
      event.preventDefault();
      view.focus();
    }
  });
  // What the draft would change is another thing once it was applied, or once the lab changed otherwise.
  document.body.addEventListener('objects-changed', () => form.closest('details').open && review.soon(field.value, show));
  form.querySelector('.revert').addEventListener('click', () => view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: original },
  }));
  field.hidden = true;
  form.querySelector('label').hidden = true;
  form.classList.add('rich');
  changed(field.value);
  view.focus();
}

// What is typed over a selection replaces it here. The browser would keep the selection's look by a style attribute, which the page's
// content security policy forbids, and complain.
function replace(event, view) {
  const { main } = view.state.selection;
  if (event.inputType !== 'insertText' || !event.data || main.empty || view.composing) {
    return false;
  }
  event.preventDefault();
  const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, event.data, insert))) {
    view.dispatch(insert());
  }
  return true;
}

function position(state, line, column) {
  const there = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  return Math.min(there.from + column - 1, there.to);
}
