// Bundles the console into dist, which is committed and built into the server. The manifest says of which sources the bundle is, so that a
// test can tell when it is not that of the sources any more.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const dist = join(here, 'dist');
const limit = 300 * 1024;

const options = {
  absWorkingDir: here,
  entryPoints: { console: 'src/main.ts', style: 'src/style.css' },
  outdir: dist,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome111', 'firefox115', 'safari16.4'],
  legalComments: 'eof',
  logLevel: 'info',
};

if (process.argv.includes('--watch')) {
  await (await esbuild.context(options)).watch();
} else {
  mkdirSync(dist, { recursive: true });
  await esbuild.build(options);
  for (const name of ['index.html', 'icon.svg']) copyFileSync(join(here, 'src', name), join(dist, name));
  const files = Object.fromEntries(
    ['console.js', 'icon.svg', 'index.html', 'style.css'].map((name) => [name, digest(readFileSync(join(dist, name)))]),
  );
  writeFileSync(join(dist, 'manifest.json'), JSON.stringify({ sources: sourcesDigest(), files }, null, 2) + '\n');
  const zipped = Object.keys(files).reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name))).length, 0);
  console.log(`${(zipped / 1024).toFixed(1)} KB compressed`);
  if (zipped > limit) throw new Error(`The bundle is ${zipped} bytes compressed, ${limit} at most`);
}

// What the bundle is made of: names and contents, in order. The test of the bundle computes the same.
function sourcesDigest() {
  const folders = [join(here, 'src'), join(root, 'clients', 'typescript', 'src')];
  const single = ['build.mjs', 'package-lock.json', 'tsconfig.json'].map((name) => join(here, name));
  const paths = [...folders.flatMap(walk), ...single].map((path) => relative(root, path).replaceAll('\\', '/')).sort();
  const lines = paths.map((path) => `${digest(readFileSync(join(root, path)))}  ${path}\n`);
  return digest(Buffer.from(lines.join('')));
}

function walk(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
