// How progress looks: one line a step, with a check mark and its duration.
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Writes steps to a stream: a running clock on a terminal, plain finished lines elsewhere. */
export function createTerminal(stream = process.stdout, env = process.env) {
  const live = Boolean(stream.isTTY) && env.TERM !== 'dumb';
  const colour = live && !env.NO_COLOR;
  const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  let running;

  function clear() {
    if (live && running) stream.write('\r\u001b[2K');
  }
  function draw() {
    if (!live || !running) return;
    const frame = frames[Math.floor((Date.now() - running.began) / 100) % frames.length];
    const line = `${frame} ${running.title} ${seconds(Date.now() - running.began)}`;
    stream.write(`\r\u001b[2K${paint(36, line.slice(0, (stream.columns ?? 80) - 1))}`);
  }
  function end() {
    clear();
    clearInterval(running?.timer);
    running = undefined;
  }

  function show({ kind, title, ms }) {
    if (kind === 'begin') {
      end();
      running = { title, began: Date.now(), timer: setInterval(draw, 100) };
      running.timer.unref();
      draw();
    } else if (kind === 'note') {
      clear();
      stream.write(`  ${title}\n`);
      draw();
    } else {
      // Steps may run side by side: the last that began has the clock.
      if (running?.title === title) end();
      else clear();
      const mark = kind === 'done' ? paint(32, '✓') : paint(31, '✗');
      stream.write(`${mark} ${title} ${paint(2, seconds(ms ?? 0))}\n`);
      draw();
    }
  }

  /** Runs one step and shows its end. */
  async function step(title, work) {
    const began = Date.now();
    show({ kind: 'begin', title });
    try {
      const result = await work();
      show({ kind: 'done', title, ms: Date.now() - began });
      return result;
    } catch (error) {
      show({ kind: 'failed', title, ms: Date.now() - began });
      throw error;
    }
  }

  return { show, step, write: (text) => stream.write(text), bold: (text) => paint(1, text) };
}

/** Says on stderr why we stop: what the operator can solve in two lines, anything else with its stack. */
export function explain(error) {
  const colour = process.stderr.isTTY && !process.env.NO_COLOR;
  const red = (text) => (colour ? `\u001b[31m${text}\u001b[0m` : text);
  const explained = typeof error?.suggestion === 'string';
  process.stderr.write(`\n${red(explained ? error.message : String(error?.stack ?? error))}\n`);
  if (explained) process.stderr.write(`${error.suggestion}\n`);
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
