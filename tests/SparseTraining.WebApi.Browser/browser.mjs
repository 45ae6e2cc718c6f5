// A headless Chromium, driven by the DevTools protocol over a pipe: nothing to install, no port.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export class Browser {
  #process;
  #profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  #answers = new Map();
  #listeners = [];
  #next = 1;
  #rest = '';

  constructor(program = process.env.CHROMIUM ?? 'chromium') {
    this.#process = spawn(program, [
      '--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe', `--user-data-dir=${this.#profile}`, 'about:blank',
    ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#process.stdio[4].setEncoding('utf8').on('data', text => this.#receive(text));
  }

  /** Opens a page in a window of its own; handler(method, params) is told all that happens there. */
  async open(handler) {
    const { targetId } = await this.#send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#send('Target.attachToTarget', { targetId, flatten: true });
    this.#listeners.push(message => message.sessionId === sessionId && handler(message.method, message.params));
    return (method, params = {}) => this.#send(method, params, sessionId);
  }

  async close() {
    this.#process.kill();
    await once(this.#process, 'exit');
    await this.#removeProfile();
  }

  // Chromium's other processes outlive the one that was started, and write to the profile for a moment; what they leave
  // behind in the end is the temporary folder's business, not what is being tried here.
  async #removeProfile() {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        return rmSync(this.#profile, { recursive: true, force: true });
      } catch {
        await sleep(250);
      }
    }
  }

  #send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    this.#process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject, method }));
  }

  #receive(text) {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop();
    for (const message of messages.map(m => JSON.parse(m))) {
      const waiting = this.#answers.get(message.id);
      this.#answers.delete(message.id);
      if (waiting && message.error) {
        waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
      } else if (waiting) {
        waiting.resolve(message.result);
      } else {
        this.#listeners.forEach(listener => listener(message));
      }
    }
  }
}
