import type { AuthField, ConnectOutcome, LinkView } from '@patchbay/contracts';
import type { VNode } from 'preact';
import { oneLine } from '../display-text/index.js';
import { outcomeMessages } from './outcome-messages.js';
import { Page } from '../pages/index.js';

type Toolkit = LinkView['toolkit'];

function Logo({ toolkit }: { toolkit: Toolkit }): VNode {
  return <img class="logo" src={toolkit.logo} alt="" width="48" height="48" />;
}

/** Names the project and the account that it asks for, with a form for what is missing. */
export function LinkPage(props: {
  link: LinkView;
  /** What was wrong with what the person entered. */
  problem?: string;
  /** What they entered that is no secret. */
  entered?: Record<string, string>;
}): VNode {
  const { link, problem, entered = {} } = props;
  const { projectLogo, signInOrigin, scopes, fields, helpUrl } = link;
  const { toolkit, projectName } = named(link);
  const title = `${projectName} wants to connect your ${toolkit.name} account`;
  return (
    <Page title={title}>
      {projectLogo && <img class="logo" src={projectLogo} alt="" width="48" height="48" />}
      <Logo toolkit={toolkit} />
      <h1>{title}</h1>
      {problem && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      {signInOrigin ? (
        <p>
          You sign in at <strong>{hostOf(signInOrigin)}</strong>; your password stays there. {projectName} can
          then act for you in {toolkit.name}, until you or they disconnect it.
        </p>
      ) : (
        <p>
          {projectName} can then act for you in {toolkit.name}, until you or they disconnect it. What you
          enter is kept encrypted and is not shown to anybody.
        </p>
      )}
      {scopes.length > 0 && (
        <>
          <p class="soft" id="scopes">
            It asks for these permissions:
          </p>
          <ul aria-labelledby="scopes">
            {scopes.map((scope) => (
              <li key={scope}>{oneLine(scope, 2_000)}</li>
            ))}
          </ul>
        </>
      )}
      <form method="post">
        {fields.map((field) => (
          <Field key={field.name} field={field} value={entered[field.name]} />
        ))}
        {helpUrl && fields.length > 0 && (
          <p class="soft">
            <a href={helpUrl} rel="noreferrer" target="_blank">
              Where do I find this?
            </a>
          </p>
        )}
        <button type="submit">
          {signInOrigin ? `Continue to ${toolkit.name}` : `Connect ${toolkit.name}`}
        </button>
      </form>
      {link.quality && <p class="soft">{qualityWords(link.quality, toolkit.name)}</p>}
      <p class="soft">You did not ask for this? Then just close this page: nothing has happened.</p>
    </Page>
  );
}

const GRADES: Record<NonNullable<LinkView['quality']>['grade'], (name: string) => string> = {
  written: (name) => `was written by hand after ${name}'s documentation`,
  imported: (name) => `was made from a description of ${name}'s API`,
  vendor_mcp: (name) => `is ${name}'s own MCP server`,
};

/** How what is about to be connected came to be, and whether somebody who made it has used it. */
function qualityWords({ grade, triedOn }: NonNullable<LinkView['quality']>, name: string): string {
  const tried = triedOn ? `tried it on ${triedOn}` : 'have not yet tried it';
  return `This connector ${GRADES[grade](name)}, and those who made Patchbay ${tried}.`;
}

function Field({ field, value }: { field: AuthField; value: string | undefined }): VNode {
  const { name, displayName, description, required, secret, choices } = field;
  const shared = { id: name, name, required, 'aria-describedby': description ? `${name}-help` : undefined };
  // Keys and certificates have several lines, which a one-line field would join.
  const isLong = /json|private_key/.test(name);
  return (
    <div class="field">
      <label for={name}>
        {displayName}
        {!required && <span class="soft"> (optional)</span>}
      </label>
      {choices ? (
        <select {...shared}>
          {!required && <option value="" />}
          {choices.map((choice) => (
            <option key={choice} value={choice} selected={choice === (value ?? field.default)}>
              {choice}
            </option>
          ))}
        </select>
      ) : isLong ? (
        <textarea {...shared} rows={6} autocomplete="off" spellcheck={false} />
      ) : (
        <input
          {...shared}
          type={secret ? 'password' : 'text'}
          value={secret ? undefined : (value ?? field.default ?? '')}
          autocomplete={secret ? 'new-password' : 'off'}
          autocapitalize="off"
          spellcheck={false}
        />
      )}
      {description && (
        <p class="soft" id={`${name}-help`}>
          {description}
        </p>
      )}
    </div>
  );
}

/** Of an address whose host may still have a part that the person fills in. */
function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

/**
 * Sends the browser on by a navigation of its own. A redirect would be part of the form's submission,
 * and the page's policy would then have to name every address that the provider may redirect to.
 */
export function ForwardPage({ url, toolkit }: { url: string; toolkit: Toolkit }): VNode {
  const name = oneLine(toolkit.name);
  return (
    <Page title={`Connecting ${name}`} forwardTo={url}>
      <Logo toolkit={toolkit} />
      <h1>Connecting {name}…</h1>
      <a class="button" href={url}>
        Go on if nothing happens
      </a>
    </Page>
  );
}

/** A browser that does not keep our cookie could not be identified on its return, so the sign-in does not begin. */
export function CookiesPage({ link }: { link: LinkView }): VNode {
  const { toolkit, projectName } = named(link);
  return (
    <Page title="This page needs a cookie">
      <Logo toolkit={toolkit} />
      <h1 class="bad">This page needs a cookie</h1>
      <p>
        Your browser did not keep the one that this page gave it. With it, {toolkit.name} is connected in the
        browser that you began in, and nobody can finish a sign-in that somebody else began. It lasts an hour
        and tells nothing else about you.
      </p>
      <p>
        Allow cookies for this site, or open the link of {projectName} in another browser, and try again. The
        link is still good.
      </p>
      <form method="get">
        <button type="submit">Try again</button>
      </form>
    </Page>
  );
}

/** The end, when the developer named no page of their own. */
export function OutcomePage({ outcome }: { outcome: ConnectOutcome }): VNode {
  const { status, error, errorDescription } = outcome;
  const { toolkit, projectName } = named(outcome);
  if (status === 'success') {
    return (
      <Page title={`${toolkit.name} is connected`}>
        <Logo toolkit={toolkit} />
        <h1 class="good">{toolkit.name} is connected</h1>
        <p>{projectName} can use your account now. You can close this page.</p>
      </Page>
    );
  }
  const title = `${toolkit.name} was not connected`;
  if (error === 'other_browser') {
    return (
      <Page title={title}>
        <Logo toolkit={toolkit} />
        <h1 class="bad">{title}</h1>
        <p>
          This sign-in began in another browser, and can only end there: so nobody can have you finish what
          they began. Nothing was connected.
        </p>
        <p>
          If you began it yourself, open the link of {projectName} in this browser, or go back to the one
          where you opened it, and sign in from there. A private window and the browser inside an app count as
          browsers of their own.
        </p>
        <p class="soft">
          You did not begin it? Then close this page, and do not open links from whoever sent it.
        </p>
      </Page>
    );
  }
  const { reason, next } = outcomeMessages(error, toolkit.name, projectName);
  return (
    <Page title={title}>
      <Logo toolkit={toolkit} />
      <h1 class="bad">{title}</h1>
      <p>{reason}</p>
      {errorDescription && error !== 'access_denied' && <p class="soft">{oneLine(errorDescription, 500)}</p>}
      <p>{next}</p>
    </Page>
  );
}

/** The names that a developer or a toolkit's author chose, as they are shown. */
function named<T extends { projectName: string; toolkit: Toolkit }>({ projectName, toolkit }: T) {
  return {
    projectName: oneLine(projectName),
    toolkit: { ...toolkit, name: oneLine(toolkit.name) },
  };
}
