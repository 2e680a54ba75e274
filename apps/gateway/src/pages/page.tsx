import type { ComponentChildren, VNode } from 'preact';
import { STYLE } from './style.js';

/** The frame of every page that people see. */
export function Page(props: { title: string; forwardTo?: string; children: ComponentChildren }): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {props.forwardTo && <meta http-equiv="refresh" content={`0;url=${props.forwardTo}`} />}
        <title>{props.title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>{props.children}</main>
      </body>
    </html>
  );
}
