interface Standing {
  status: string;
  is_disabled: boolean;
  auth_config: { is_disabled: boolean };
}

/** Why an account stands as it does, and what to do about it, in a sentence each. */
export function whyOf({ status, is_disabled, auth_config }: Standing): { title: string; advice: string } {
  if (is_disabled)
    return {
      title: 'It was disabled here.',
      advice: 'No call uses it until somebody enables it again. Nothing is lost.',
    };
  if (status === 'ACTIVE' && auth_config.is_disabled)
    return {
      title: 'Its auth config is disabled.',
      advice: 'No call uses it until the auth config is enabled again.',
    };
  return (
    {
      ACTIVE: {
        title: 'It works.',
        advice: 'Calls of its user use it; its credentials are refreshed ahead of their end.',
      },
      INITIALIZING: {
        title: 'It is being set up.',
        advice: 'The sign-in has not begun. A new connect link begins it.',
      },
      INITIATED: {
        title: 'The user has not signed in yet.',
        advice: 'They were given a link and did not finish. Links end after a while: send them a new one.',
      },
      EXPIRED: {
        title: 'It ran out.',
        advice: 'The user has to sign in again, by a reconnect link. The reason is below.',
      },
      FAILED: {
        title: 'The sign-in failed.',
        advice: 'What the provider said is below. A reconnect link tries again.',
      },
      REVOKED: {
        title: 'It was revoked.',
        advice: 'Its credentials are gone. The user can sign in again by a reconnect link.',
      },
      INACTIVE: { title: 'It is switched off.', advice: 'Enable it, or send the user a reconnect link.' },
    }[status] ?? { title: `It is ${status}.`, advice: '' }
  );
}
