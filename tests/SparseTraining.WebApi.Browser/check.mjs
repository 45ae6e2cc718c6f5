// Tries the page of samples/WebApi in a real browser: draws digits with the mouse, chooses test images with the keyboard, in
// light and dark, wide and on a phone.  Needs chromium and node 20:
//   node tests/SparseTraining.WebApi.Browser/check.mjs [folder for screenshots]
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Browser } from './browser.mjs';
import { digits } from './digits.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pictures = process.argv[2] && resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'webapi-'));

async function until(what, condition) {
  for (const limit = Date.now() + 60_000; !await condition(); await sleep(50)) {
    assert(Date.now() < limit, `Waited in vain for ${what}`);
  }
}

function startService() {
  const program = join(root, 'samples/WebApi/bin/Release/net10.0/WebApi.dll');
  const service = spawn('dotnet', [program, '--urls', 'http://127.0.0.1:0', '--Model:Path', join(folder, 'model.sparse'), '--contentRoot', join(root, 'samples/WebApi')]);
  let output = '';
  service.stderr.on('data', text => output += text);
  const address = new Promise((found, failed) => {
    service.stdout.on('data', text => {
      output += text;
      const match = /Now listening on: (\S+)/.exec(output);
      match && found(match[1]);
    });
    service.on('exit', code => failed(new Error(`The service ended with ${code}:\n${output}`)));
  });
  return { service, address };
}

async function page(browser, url, width, height, scheme, touch) {
  const trouble = [];
  const requests = [];
  const send = await browser.open((method, params) => {
    if (method === 'Runtime.exceptionThrown') {
      trouble.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    } else if (method === 'Log.entryAdded' && params.entry.level !== 'verbose') {
      trouble.push(params.entry.text);
    } else if (method === 'Network.requestWillBeSent') {
      requests.push(params.request.url);
    }
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) {
    await send(`${domain}.enable`);
  }

  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: touch });
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  const evaluate = async expression => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    assert(!exceptionDetails, exceptionDetails?.exception?.description);
    return result.value;
  };
  await send('Page.navigate', { url });
  await until('the test images', () => evaluate('document.querySelectorAll("#images button").length === 30'));

  const text = id => evaluate(`document.getElementById('${id}').textContent`);
  return {
    evaluate,
    text,
    async click(selector) {
      const [x, y] = await evaluate(`(() => { const e = document.querySelector('${selector}'); e.scrollIntoView({ block: 'center' });
        const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`);
      await send('Input.dispatchMouseEvent', { type: 'mousePressed', x, y, button: 'left', clickCount: 1 });
      await send('Input.dispatchMouseEvent', { type: 'mouseReleased', x, y, button: 'left', clickCount: 1 });
    },
    async draw(strokes, size = 1) {
      const [x, y, w, h] = await evaluate(`(() => { const e = document.getElementById('pad'); e.scrollIntoView({ block: 'center' });
        const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; })()`);
      for (const stroke of strokes) {
        const at = stroke.map(([u, v]) => ({ x: x + w * (0.5 + (u - 0.5) * size), y: y + h * (0.5 + (v - 0.5) * size), button: 'left' }));
        await send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at[0], clickCount: 1 });
        for (const place of at) {
          await send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...place, buttons: 1 });
        }

        await send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at.at(-1), clickCount: 1 });
      }
    },
    async key(key, code, keyCode) {
      const event = { key, code, windowsVirtualKeyCode: keyCode };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, text: key === 'Enter' ? '\r' : undefined });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    settled: () => until('an answer', () => evaluate('document.getElementById("answer").getAttribute("aria-busy") === "false"')),
    async picture(name) {
      const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true, format: 'png' });
      pictures && writeFileSync(join(pictures, name + '.png'), Buffer.from(data, 'base64'));
    },
    async check() {
      assert.deepEqual(trouble, []);
      assert.deepEqual(requests.filter(request => !request.startsWith(url)), []);
      assert.equal(await evaluate('document.documentElement.scrollWidth <= innerWidth'), true, 'The page is wider than its window');
      assert.deepEqual(await evaluate(`[...document.querySelectorAll('button, canvas[role], a, progress')]
        .filter(e => !(e.getAttribute('aria-label') ?? e.textContent).trim()).map(e => e.outerHTML)`), []);
    },
  };
}

const { service, address } = startService();
const browser = new Browser();
try {
  const url = await address;
  for (const [name, width, height, scheme, touch] of [
    ['light', 1200, 1000, 'light', false], ['dark', 1200, 1000, 'dark', false], ['phone-light', 390, 844, 'light', true], ['phone-dark', 390, 844, 'dark', true],
  ]) {
    const tab = await page(browser, url, width, height, scheme, touch);
    await tab.check();
    await tab.picture(`${name}-empty`);

    const read = [];
    for (const [digit, strokes] of Object.entries(digits)) {
      await tab.draw(strokes, name === 'dark' ? 0.5 : 1);     // small ones are read as well
      await tab.settled();
      read.push(`${digit}→${await tab.text('digit')}`);
      if (digit === '3') {
        await tab.picture(`${name}-drawn`);
      }

      await tab.click('#clear');
      assert.equal(await tab.text('digit'), '–');
    }

    console.log(`${name}: ${read.join(' ')}`);
    const right = read.filter(r => r[0] === r.at(-1)).length;
    assert(right >= 9, `Only ${right} of 10 drawn digits were read`);

    // With the keyboard alone: from the button before the images into them.
    await tab.evaluate('document.getElementById("clear").focus()');
    await tab.key('Tab', 'Tab', 9);
    await tab.key('Enter', 'Enter', 13);
    await tab.settled();
    assert.match(await tab.text('words'), /% sure; the image shows a \d: (correct|wrong)$/);
    assert.equal(await tab.evaluate('document.activeElement.getAttribute("aria-pressed")'), 'true');
    await tab.picture(`${name}-image`);

    const shown = name === 'light' ? 30 : 5;
    let correct = 0;
    for (let i = 1; i <= shown; i++) {
      await tab.click(`#images button:nth-child(${i})`);
      await tab.settled();
      correct += (await tab.text('words')).endsWith('correct') ? 1 : 0;
      assert(await tab.evaluate('(b => b.top >= 0 && b.bottom <= innerHeight)(document.getElementById("answer").getBoundingClientRect())'), 'The answer is out of sight');
    }

    console.log(`${name}: ${correct} of ${shown} test images`);
    assert(correct >= shown - 2);
    await tab.draw(digits[7]);
    await tab.settled();
    assert.doesNotMatch(await tab.text('words'), /image/, 'A drawing after a test image is a drawing');
    await tab.check();
  }

  // Of the real server, not of one in memory: its limit of a body.
  const large = await fetch(new URL('predict', url), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '0'.repeat(2 << 20) });
  assert.equal(large.status, 413);
  assert.match(large.headers.get('content-type'), /^application\/problem\+json/);
  console.log('The page works.');
} finally {
  await browser.close();
  service.removeAllListeners('exit');
  service.kill() && await once(service, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
