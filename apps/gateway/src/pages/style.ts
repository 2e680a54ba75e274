/** The look of the Connect pages; its hash is in their content security policy. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2030; --soft: #5b6274; --paper: #fff; --back: #eef0f6; --line: #d9dde8; --accent: #3b4cca; --good: #1a7f47; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef6; --soft: #a8aec2; --paper: #1d2130; --back: #12151f; --line: #343a4e; --accent: #7f8df5; --good: #5fd193; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { overflow-wrap: anywhere; width: 100%; max-width: 26rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; }
h1 { margin: 1rem 0 .5rem; font-size: 1.375rem; line-height: 1.3; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.0625rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
pre { overflow-x: auto; margin: 0 0 1rem; padding: .75rem 1rem; background: var(--back); border-radius: .75rem; font: .875rem/1.5 ui-monospace, monospace; }
main > :last-child { margin-bottom: 0; }
form { margin: 0 0 1rem; }
.soft { color: var(--soft); font-size: .9375rem; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.logo { width: 3rem; height: 3rem; border-radius: .75rem; }
ul { margin: 0 0 1.5rem; padding-left: 1.25rem; color: var(--soft); }
button, .button { display: block; width: 100%; min-height: 3rem; padding: .75rem 1rem; border: 0; border-radius: .75rem; background: var(--accent); color: #fff; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
@media (prefers-color-scheme: dark) { button, .button { color: #12151f; } }
button.quiet, .button.quiet { background: none; border: 1px solid var(--line); color: var(--ink); }
dl { margin: 0 0 1.5rem; padding: .75rem 1rem; background: var(--back); border-radius: .75rem; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0 0 .75rem; }
dd:last-child { margin-bottom: 0; }
.field { margin: 0 0 1rem; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input, select, textarea { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper); color: var(--ink); font: inherit; }
.field .soft { margin: .25rem 0 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
`;
