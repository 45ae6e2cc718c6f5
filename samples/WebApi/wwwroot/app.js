import { pixelsOf, show, trace } from './digit.js';

const element = id => document.getElementById(id);
const pad = element('pad');
const dark = matchMedia('(prefers-color-scheme: dark)');
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en');

let strokes = [];
let pixels = null;      // what was asked for last, or null
let expected = null;    // what a test image shows, or null for a drawing
let asked = 0;
let classes = [];
const images = [];      // of the gallery: [canvas, pixels]

const ink = () => getComputedStyle(document.documentElement).getPropertyValue('--ink');

// ---- Drawing ------------------------------------------------------------------------------------------------------------

function point(event) {
  const box = pad.getBoundingClientRect();
  return { x: (event.clientX - box.left) / box.width * pad.width, y: (event.clientY - box.top) / box.height * pad.height };
}

function redraw() {
  const context = pad.getContext('2d');
  context.clearRect(0, 0, pad.width, pad.height);
  show(element('seen'), pixels ?? new Array(64).fill(0), ink());
  if (expected === null) {
    trace(context, strokes, p => [p.x, p.y], 30, ink());
  } else {
    context.imageSmoothingEnabled = false;
    context.drawImage(element('seen'), 0, 0, pad.width, pad.height);
  }

  element('hint').hidden = pixels !== null;
  images.forEach(([canvas, values]) => show(canvas, values, ink()));
}

pad.addEventListener('pointerdown', event => {
  if (event.button !== 0) {
    return;
  }

  event.preventDefault();
  pad.setPointerCapture(event.pointerId);
  if (expected !== null) {
    strokes = [];
    choose(null);
  }

  strokes.push([point(event)]);
  drawn();
});
pad.addEventListener('pointermove', event => {
  if (pad.hasPointerCapture(event.pointerId)) {
    strokes.at(-1).push(...(event.getCoalescedEvents?.() ?? [event]).map(point));
    drawn();
  }
});
pad.addEventListener('pointercancel', event => pad.releasePointerCapture(event.pointerId));
element('clear').addEventListener('click', clear);
dark.addEventListener('change', redraw);

// One question at a time while the pen moves: the next is asked when the answer is there.
let waiting = false;
let again = false;
async function drawn() {
  pixels = pixelsOf(strokes);
  redraw();
  again = true;
  if (waiting) {
    return;
  }

  waiting = true;
  while (again) {
    again = false;
    await ask();
  }

  waiting = false;
}

function clear() {
  strokes = [];
  pixels = null;
  asked++;
  again = false;
  busy(false);
  problem(null);
  choose(null);
  redraw();
  answer('–', 'Nothing drawn yet', classes.map(() => 0));
}

// ---- Asking -------------------------------------------------------------------------------------------------------------

async function ask() {
  const question = ++asked;
  busy(true);
  try {
    const response = await fetch('predict', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ features: pixels }),
    });
    const body = await response.json();
    if (question !== asked) {
      return;     // cleared or asked again meanwhile
    }

    if (!response.ok) {
      problem(body.errors?.features?.[0] ?? body.detail ?? body.title);
      return;
    }

    problem(null);
    const sure = percent.format(Math.max(...body.probabilities));
    answer(body.label, expected === null ? `${sure} sure` : [
      `${sure} sure; the image shows a ${expected}: `,
      expected === body.label ? ['good', 'correct'] : ['bad', 'wrong'],
    ], body.probabilities);
  } catch {
    if (question === asked) {
      problem('The service does not answer.');
    }
  } finally {
    if (question === asked) {
      busy(false);
    }
  }
}

function busy(isBusy) {
  element('answer').setAttribute('aria-busy', isBusy);
}

function problem(text) {
  element('problem').hidden = text === null;
  element('problem').textContent = text ?? '';
}

function answer(label, words, probabilities) {
  element('digit').textContent = label;
  element('words').replaceChildren(...[words].flat(1).map(part => {
    if (typeof part === 'string') {
      return part;
    }

    const span = document.createElement('span');
    [span.className, span.textContent] = part;
    return span;
  }));
  const highest = Math.max(...probabilities);
  [...element('bars').children].forEach((row, i) => {
    row.classList.toggle('likeliest', highest > 0 && probabilities[i] === highest);
    row.querySelector('progress').value = probabilities[i];
    row.querySelector('.value').textContent = percent.format(probabilities[i]);
  });
}

// ---- The model and the test images --------------------------------------------------------------------------------------

function choose(button) {
  expected = button?.dataset.label ?? null;
  document.querySelectorAll('#images button').forEach(b => b.setAttribute('aria-pressed', b === button));
}

async function loadModel() {
  const model = await (await fetch('model')).json();
  classes = model.classes;
  const loaded = new Date(model.loadedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  element('model').textContent = `A sparse neural network with ${whole.format(model.links)} links reads what you draw. Loaded ${loaded}.`;
  element('bars').replaceChildren(...classes.map(name => {
    const row = document.createElement('li');
    row.innerHTML = '<span class="name"></span><progress max="1" value="0"></progress><span class="value"></span>';
    row.querySelector('.name').textContent = name;
    row.querySelector('progress').setAttribute('aria-label', `Probability of ${name}`);
    row.querySelector('.value').textContent = percent.format(0);
    return row;
  }));
}

async function loadImages() {
  const found = await (await fetch('images')).json();
  element('images').replaceChildren(...found.map(image => {
    const button = document.createElement('button');
    const canvas = document.createElement('canvas');
    button.type = 'button';
    button.dataset.label = image.label;
    button.setAttribute('aria-label', `Test image of a ${image.label}`);
    button.setAttribute('aria-pressed', 'false');
    button.append(canvas);
    images.push([canvas, image.features]);
    button.addEventListener('click', () => {
      strokes = [];
      again = false;
      pixels = image.features;
      choose(button);
      redraw();
      ask();
      bringIntoView(element('answer'));
    });
    return button;
  }));
}

// On a phone the images lie a screen below the answer.
function bringIntoView(part) {
  const { top, bottom } = part.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) {
    part.scrollIntoView({ block: 'center' });
  }
}

try {
  await Promise.all([loadModel(), loadImages()]);
} catch {
  problem('The service does not answer.');
}

redraw();
