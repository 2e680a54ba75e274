import { useEffect, useState } from 'react';
import { useScope } from '../api/index.js';

/** Long enough that a word is typed without a page for each letter. */
const PAUSE_MS = 400;

/** The page that users will see, drawn by what draws it for them. */
export function ConnectPreview(props: { name: string; logo: string }) {
  const { project } = useScope();
  const { logo } = props;
  const name = props.name || project.name;
  const [src, setSrc] = useState(() => addressOf(name, logo));
  useEffect(() => {
    const timer = setTimeout(() => setSrc(addressOf(name, logo)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [name, logo]);
  return (
    <figure className="overflow-hidden rounded-lg ring-1 ring-line">
      {/* A frame of its own for each address: one that goes on from page to page fills the browser's history. */}
      <iframe
        key={src}
        src={src}
        title="Preview of the Connect page"
        sandbox=""
        tabIndex={-1}
        className="h-[32rem] w-full border-0"
      />
    </figure>
  );
}

function addressOf(name: string, logo: string): string {
  return `/console/connect-preview?${new URLSearchParams({ name, logo }).toString()}`;
}
