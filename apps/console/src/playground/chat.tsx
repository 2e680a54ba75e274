import { useEffect, useRef, useState } from 'react';
import { useMay } from '../api/index.js';
import { Button, Icon } from '../ui/index.js';
import { useConversation } from './run.js';
import { StepView } from './steps.js';

/** The conversation in one session: what is said and done, and where one types. */
export function Chat({ sessionId, model }: { sessionId: string; model: string }) {
  const may = useMay('developer');
  const { steps, isRunning, send, stop } = useConversation(sessionId);
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [steps]);
  const submit = () => {
    if (isRunning || !may || text.trim() === '') return;
    isAtEnd.current = true;
    send(text.trim());
    setText('');
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        ref={box}
        role="log"
        aria-label="Conversation"
        tabIndex={0}
        onScroll={({ currentTarget: at }) => {
          isAtEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < 60;
        }}
        className="min-h-0 flex-1 overflow-y-auto px-4 py-4 -outline-offset-2 sm:px-6"
      >
        <div className="mx-auto max-w-[52rem] space-y-4">
          {steps.length === 0 && (
            <div className="py-10 text-center text-soft">
              <p>
                Say what shall be done. <span className="font-mono">{model}</span> works by the tools of this
                session, as an agent of yours would.
              </p>
              <p className="mt-1 text-sm">What it does is done: its calls reach the user’s real accounts.</p>
            </div>
          )}
          {steps.map((step, at) => (
            <StepView key={at} step={step} />
          ))}
          {isRunning && (
            <p role="status" className="flex items-center gap-2 text-sm text-soft">
              <Icon name="running" size={14} className="animate-spin" /> Working
            </p>
          )}
        </div>
      </div>
      <form
        className="border-t border-line px-4 py-3 sm:px-6"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="mx-auto flex max-w-[52rem] items-end gap-2">
          <textarea
            aria-label="Message"
            className="input min-h-16 flex-1 resize-none"
            rows={2}
            maxLength={50_000}
            placeholder={
              may ? 'Message. Enter sends it, Shift and Enter begins a line.' : 'Your role may look, not run.'
            }
            disabled={!may}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              submit();
            }}
          />
          {isRunning ? (
            <Button icon="pause" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button type="submit" kind="primary" icon="play" disabled={!may || text.trim() === ''}>
              Send
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}
