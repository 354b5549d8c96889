// The editor in the page's own colours, whichever scheme that is in.
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--sunken)', color: 'var(--text)', border: '1px solid var(--edge)', borderRadius: '9px', fontSize: '13px', minHeight: '240px', maxHeight: '460px' },
  '&.cm-focused': { outline: '3px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto', borderRadius: '8px' },
  // The text fills its box, so that a click below the last line is one into the text.
  '.cm-content, .cm-gutter': { minHeight: '238px' },
  '.cm-content': { caretColor: 'var(--text)', padding: '10px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent) !important' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--line)', borderRadius: '8px', boxShadow: '0 8px 30px rgb(0 0 0 / .2)', fontFamily: 'var(--sans)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
  '.cm-completionDetail': { color: 'inherit', opacity: '.75', fontStyle: 'normal', marginLeft: '10px' },
  '.cm-completionInfo': { maxWidth: '300px', padding: '8px 12px', fontSize: '13px', lineHeight: '1.45' },
  '.tip': { maxWidth: '380px', padding: '8px 12px', fontSize: '13px', lineHeight: '1.45' },
  '.tip p': { margin: '4px 0 0' },
  '.tip span': { color: 'var(--muted)' },
  '.cm-diagnostic': { padding: '6px 12px', fontSize: '13px', maxWidth: '420px' },
});

export const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.meta, tags.separator, tags.punctuation], color: 'var(--muted)' },
]);
