// Bundles what package.json names into resources/static/vendor, each script with the licences of what is in it beside it.
// With --check nothing is written: the exit status says whether the committed files are what this would write.
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, '../resources/static/vendor');

const scripts = [
  // The build for the browser, not the ES module: that one would bundle a second htmx beside the page's own.
  { name: 'htmx-ext-ws', entry: 'node_modules/htmx-ext-ws/dist/ws.js', format: 'iife' },
  // Loaded by whoever opens the editor, and by nobody else.
  { name: 'editor', entry: 'editor/index.js', format: 'esm' },
];

async function bundle({ name, entry, format }) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format,
    target: 'es2022',
    write: false,
    metafile: true,
    legalComments: 'none',
    banner: { js: `/*! ${name}, licences: ${name}.LICENSE.txt */` },
  });
  return [
    { file: `${name}.js`, text: result.outputFiles[0].text },
    { file: `${name}.LICENSE.txt`, text: await licences(Object.keys(result.metafile.inputs)) },
  ];
}

async function licences(inputs) {
  const packages = new Set(inputs.map((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
  const texts = await Promise.all([...packages].sort().map(async (name) => {
    const home = path.join(here, 'node_modules', name);
    const { version } = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8'));
    const licence = await readFile(path.join(home, 'LICENSE'), 'utf8');
    return `${name} ${version}\n\n${licence.trim()}\n`;
  }));
  return texts.join('\n----\n\n');
}

const outputs = (await Promise.all(scripts.map(bundle))).flat();

if (process.argv.includes('--check')) {
  const committed = await Promise.all(outputs.map(({ file }) => readFile(path.join(target, file), 'utf8').catch(() => '')));
  const stale = outputs.filter(({ text }, i) => text !== committed[i]);
  for (const { file } of stale) {
    console.error(`${file} differs from what its sources give; run: npm ci && npm run build`);
  }
  process.exit(stale.length === 0 ? 0 : 1);
}

await mkdir(target, { recursive: true });
for (const { file, text } of outputs) {
  await writeFile(path.join(target, file), text);
}
