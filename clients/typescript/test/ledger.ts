import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kopeck, type KopeckOptions } from '../src/index.js';

const here = dirname(fileURLToPath(import.meta.url));

/** A real `kopeck serve` on a port of its own, or the one that KOPECK_URL and KOPECK_KEY name. */
export class Ledger {
  private constructor(readonly url: string, readonly key: string, readonly operator: string | undefined, private readonly process?: ChildProcess, private readonly folder?: string) {}

  static async start(): Promise<Ledger> {
    const folder = mkdtempSync(join(tmpdir(), 'kopeck-ts-'));
    const env = { ...process.env, KOPECK_DATABASE: `sqlite:${join(folder, 'kopeck.db')}`, KOPECK_KEYS: folder };
    const server = spawn(program(), ['serve', '--http', 'http://127.0.0.1:0', '--grpc', 'none'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((found, failed) => {
      let said = '';
      server.stdout!.on('data', (part: Buffer) => {
        said += part.toString();
        const line = /^Kopeck serves .* on (http:\S+)$/m.exec(said);
        if (line) found(line[1]!);
      });
      server.on('exit', (code) => failed(new Error(`kopeck serve ended with ${code}: ${said}`)));
    });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
    return new Ledger(url, read('admin.key'), read('operator.key'), server, folder);
  }

  client(options: Partial<KopeckOptions> = {}): Kopeck {
    return new Kopeck({ url: this.url, key: this.key, ...options });
  }

  async stop(): Promise<void> {
    if (!this.process) return;
    const ended = new Promise((done) => this.process!.on('exit', done));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.folder!, { recursive: true });
  }
}

function program(): string {
  const named = process.env['KOPECK_PROGRAM'];
  if (named) return named;
  // From the sources, or from where the tests were compiled to.
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const built = join(folder, 'src', 'Kopeck.Cli', 'bin', 'Release', 'net10.0', 'kopeck');
    if (existsSync(built)) return built;
    if (existsSync(join(folder, 'kopeck'))) return resolve(folder, 'kopeck');
  }

  throw new Error('There is no kopeck: build it, or name it in KOPECK_PROGRAM');
}
