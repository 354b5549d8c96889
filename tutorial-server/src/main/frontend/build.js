// Bundles what package.json names into resources/static/vendor, each script with its licence beside it.
// With --check nothing is written: the exit status says whether the committed files are what this would write.
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, '../resources/static/vendor');

const scripts = [
  // The build for the browser, not the ES module: that one would bundle a second htmx beside the page's own.
  { name: 'htmx-ext-ws', entry: 'dist/ws.js' },
];

async function bundle({ name, entry }) {
  const home = path.join(here, 'node_modules', name);
  const { version } = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8'));
  const result = await build({
    entryPoints: [path.join(home, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    banner: { js: `/*! ${name} ${version}, licence: ${name}.LICENSE.txt */` },
  });
  return [
    { file: `${name}.js`, text: result.outputFiles[0].text },
    { file: `${name}.LICENSE.txt`, text: await readFile(path.join(home, 'LICENSE'), 'utf8') },
  ];
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
