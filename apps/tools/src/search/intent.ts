/** What a query asks for, and what a tool does. */
export type Intent = 'read' | 'write' | 'delete';

const SAID: Record<Intent, string> = {
  delete:
    'delete remove discard erase drop wipe trash throw cancel destroy clear purge empty unstar unfollow untag unassign detach disconnect uninvite kick ban revoke',
  write:
    'create add make put write set update change modify edit move rename send post mark assign invite approve reject merge ' +
    'close reopen share upload schedule reschedule postpone book reply answer attach submit publish push prepare raise start ' +
    'register insert append charge bill refund sell correct fix rewrite replace turn convert plan follow star lock unlock pass ' +
    'forward report comment note tag label pin react enable disable archive restore subscribe complete finish tick remind ' +
    'nudge duplicate copy clone fork run rerun retry trigger dispatch tell notify message draft file log save record give',
  read:
    'what which who whose where when how is are does did list show find search look get read fetch see view check tell ' +
    'download export all every everything everyone everybody people latest newest current details',
};

const intents = new Map(
  (Object.entries(SAID) as [Intent, string][]).flatMap(([intent, words]) =>
    words.split(' ').map((word): [string, Intent] => [word, intent]),
  ),
);

/** The first word that tells decides: "which drafts did I delete" is a question. */
export function intentOf(words: readonly string[]): Intent | undefined {
  for (const word of words) {
    const intent = intents.get(word);
    if (intent) return intent;
  }
  return undefined;
}

/** What a tool does, by its hints; undefined when they do not say it, as those of MCP servers mostly do not. */
export function operationOf(tags: readonly string[]): Intent | undefined {
  if (tags.includes('readOnlyHint')) return 'read';
  return tags.includes('destructiveHint') ? 'delete' : undefined;
}
