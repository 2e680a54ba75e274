const FORWARD = /http-equiv="refresh" content="0;url=([^"]+)"/;
const MOST_STEPS = 10;

/**
 * Goes through a Connect link as a browser would whose person says yes to everything: keeps the cookies that each host
 * sets, and follows redirects and pages that lead on. For providers that ask their person nothing.
 */
export async function followLink(address: string): Promise<void> {
  const visit = browse();
  await visit(address);
  let next = await visit(address, 'POST');
  for (let step = 0; next && step < MOST_STEPS; step += 1) next = await visit(next);
}

/** @returns what opens a page, and tells where it leads on to */
function browse(): (address: string, method?: 'GET' | 'POST') => Promise<string | undefined> {
  const cookies = new Map<string, Map<string, string>>();
  return async (address, method = 'GET') => {
    const url = new URL(address);
    const own = cookies.get(url.hostname) ?? new Map<string, string>();
    cookies.set(url.hostname, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { method, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) own.set(name, value);
    }
    const page = await response.text();
    if (response.status >= 400) throw new Error(`${url.href} answered ${response.status}: ${page}`);
    const forward = response.headers.get('location') ?? FORWARD.exec(page)?.[1]?.replaceAll('&amp;', '&');
    return forward === undefined ? undefined : new URL(forward, url).href;
  };
}
