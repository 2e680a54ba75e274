import { stemOf } from './words.js';

/**
 * What people call the things and the operations that providers have names of their own for. Each line is one
 * group; a word may stand in several. General words of the trade only: nothing here was taken from the
 * sentences of the search benchmark.
 */
const GROUPS = `
  create add new make insert start open set register compose generate put establish build
  send post write tell message notify say publish share submit
  get read fetch retrieve show view see look open give display load obtain pull
  list all show browse every enumerate index
  search list all every find
  search find lookup look locate query where discover seek match
  update edit change modify set rename correct fix adjust patch alter revise replace rewrite
  delete remove cancel discard erase drop wipe trash clear destroy purge rid throw bin
  archive close shelve away
  move transfer shift drag relocate file
  copy duplicate clone replicate
  upload attach import put store save share
  download export save get
  reply answer respond
  forward pass
  invite add bring
  merge combine join
  assign give responsible delegate owner
  complete finish close done tick check resolve
  schedule plan book later arrange
  reschedule postpone delay update
  postpone reschedule update move
  subscribe follow watch
  unsubscribe unfollow unwatch
  enable activate
  disable deactivate stop
  run execute trigger dispatch launch start
  rerun retry again
  approve accept review
  lock freeze protect
  convert turn transform
  replace change swap substitute
  star favorite like bookmark
  refund reimburse money
  charge payment pay transaction
  email mail message inbox
  message post chat text msg
  issue ticket bug story case
  ticket case issue
  comment remark note reply
  task todo item reminder action
  event meeting appointment invitation call calendar
  meeting call appointment conference webinar
  repository repo project codebase
  pull pr
  request pr
  commit revision checkin
  release version
  workflow pipeline ci action build
  collaborator member contributor helper
  member user people person colleague teammate everyone employee
  contact person people lead addressbook
  company business organization firm account
  organization org company
  deal opportunity
  customer client buyer
  invoice bill
  subscription plan recurring monthly
  product item thing goods
  price cost amount
  balance money funds
  spreadsheet sheet workbook
  sheet tab worksheet
  row record line entry
  column field property
  table database grid
  base database
  cell range
  value content data
  document doc page text
  page article wiki
  block paragraph section content
  file document attachment pdf picture screenshot photo
  attachment file
  folder directory
  image picture photo logo screenshot
  chart graph plot diagram
  channel room conversation
  conversation chat thread dialog
  thread conversation discussion
  direct dm private privately
  server guild
  reaction emoji thumbs
  pin top keep
  label tag category
  list column board
  state status stage phase step column
  cycle sprint iteration
  team squad group
  owner rep responsible
  recording video tape
  participant attendee guest attended
  assignee assign responsible
  stargazer star starred
  fork copy clone
  contributor contribute contributed people
  subtask smaller split part
  comment said reply discussion
  dependabot dependency dependencies vulnerability security
  vulnerability security warning
  attendee participant invite guest
  registrant signup register
  permission access sharing right
  share permission access
  draft unsent unfinished kept
  transition move state
  profile account user me myself self
  user profile account
  status vacation away absent
  authenticated me myself my logged
  story post submission article
  time clock hour
  free available slot
  busy occupied
  branch reference ref
  language programming
  webhook callback hook
  alert warning
  secret password credential leaked
  log output
  quota limit
  instance occurrence recurring
`;

/** A synonym says the same less surely than the word itself. */
const SYNONYM_WEIGHT = 0.55;

/** Question words ask for something to be shown, without saying how. */
const QUESTIONS: Record<string, readonly string[]> = {
  what: ['get', 'list'],
  which: ['list', 'search', 'get'],
  who: ['list', 'get', 'member', 'user', 'people'],
  where: ['search', 'find'],
  when: ['get', 'list', 'find'],
  how: ['get'],
};
const QUESTION_WEIGHT = 0.35;

export type Expansion = ReadonlyMap<string, number>;

const expansions = readGroups();

/** What else a word may be called in a catalogue, with how sure that is; the word itself with 1. */
export function expand(stem: string): Expansion {
  return expansions.get(stem) ?? new Map([[stem, 1]]);
}

function readGroups(): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, weight: number) => {
    const of = found.get(from) ?? new Map([[from, 1]]);
    of.set(to, Math.max(of.get(to) ?? 0, weight));
    found.set(from, of);
  };
  for (const line of GROUPS.split('\n')) {
    // The first word is the one that catalogues use; the others lead to it more surely than to each other.
    const [head, ...others] = line.split(/\s+/).filter(Boolean).map(stemOf);
    if (!head) continue;
    for (const other of others) {
      add(other, head, SYNONYM_WEIGHT);
      add(head, other, SYNONYM_WEIGHT);
    }
  }
  for (const [word, verbs] of Object.entries(QUESTIONS)) {
    for (const verb of verbs) add(stemOf(word), stemOf(verb), QUESTION_WEIGHT);
  }
  return found;
}
