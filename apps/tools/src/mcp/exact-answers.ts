import { markNumbers } from '@patchbay/contracts';

/** https://html.spec.whatwg.org/multipage/server-sent-events.html, section 9.2.6 */
const DATA = 'data:';

/**
 * The client library reads JSON as doubles. In what it is given, numbers that no double holds are marked texts
 * (`markNumbers`), in JSON and in the data of events: no text of JSON goes over the end of a line.
 */
export function markedNumbers(isEvents: boolean): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let open: string[] = [];
  const mark = (line: string) => {
    if (!isEvents) return markNumbers(line);
    return line.startsWith(DATA) ? DATA + markNumbers(line.slice(DATA.length)) : line;
  };
  return new TransformStream({
    transform(chunk, controller) {
      const text = decoder.decode(chunk, { stream: true });
      const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
      if (end === 0) {
        open.push(text);
        return;
      }
      const lines = [...open, text.slice(0, end)].join('').split(/(?<=[\r\n])/);
      open = [text.slice(end)];
      controller.enqueue(encoder.encode(lines.map(mark).join('')));
    },
    flush(controller) {
      controller.enqueue(encoder.encode(mark(open.join('') + decoder.decode())));
    },
  });
}
