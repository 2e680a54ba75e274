import { Controller, Get, Query, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ProjectSettings, type LinkView } from '@patchbay/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { NotDescribed, Wire } from '../http/index.js';
import { sendPreview } from '../pages/index.js';
import { LinkPage } from './pages.js';

/** An address that could not be saved shows no logo: somebody is still typing it. */
const Preview = z.object({
  name: z.string().max(100).catch(''),
  logo: ProjectSettings.shape.logoUrl.catch(null),
});

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#64748b"/><circle cx="24" cy="24" r="10" fill="#fff"/></svg>';

const LINK = {
  toolkit: { slug: 'example', name: 'Example', logo: `data:image/svg+xml,${encodeURIComponent(LOGO)}` },
  signInOrigin: 'https://accounts.example.com',
  scopes: ['read:profile', 'write:documents'],
  fields: [],
  helpUrl: null,
  showPage: true,
  bindsBrowser: true,
  expiresAt: new Date(0).toISOString(),
} satisfies Partial<LinkView>;

/**
 * The Connect page with a name and a logo that are not saved yet, for the frame in the console's settings. Only for who is
 * signed in there: to anybody else it would be a page of ours with a stranger's words.
 */
@NotDescribed('a frame in the console')
@Controller({ path: 'console/connect-preview', version: VERSION_NEUTRAL })
@AccessFor('console')
export class ConnectPreviewController {
  @Get()
  show(@Query(new Wire(Preview)) { name, logo }: z.output<typeof Preview>, @Res() reply: FastifyReply): void {
    sendPreview(reply, LinkPage({ link: { ...LINK, projectName: name, projectLogo: logo } }));
  }
}
