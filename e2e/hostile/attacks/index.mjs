import { clients } from './clients.mjs';
import { documents } from './documents.mjs';
import { mails } from './mails.mjs';
import { pages } from './pages.mjs';
import { providers } from './providers.mjs';
import { sandboxes } from './sandboxes.mjs';
import { servers } from './servers.mjs';
import { takeovers } from './takeovers.mjs';

/**
 * One attack, made by the attacker's project while the neighbour calls on.
 * @typedef {object} Attack
 * @property {string} name says what is sent, and by whom
 * @property {boolean} [isLong] it takes more than some ten seconds: left out of the short form
 * @property {(arena: import('../arena.mjs').Arena) => Promise<string>} run says what the attacker got; throws when it got
 *   what it must not
 */

/** @type {Attack[]} */
export const attacks = [
  ...mails,
  ...pages,
  ...providers,
  ...servers,
  ...documents,
  ...takeovers,
  ...sandboxes,
  // Last: for a minute afterwards the address that they come from is held back.
  ...clients,
];
