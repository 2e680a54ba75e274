/** A logo of our own: shapes on a rounded square, 24 by 24, as an address that needs no server. */
export function icon(background: string, shapes: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><rect width="24" height="24" rx="6" fill="${background}" stroke="none"/>${shapes}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
