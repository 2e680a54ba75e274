/** A toolkit's first letter on a colour of its own: better than another product's mark. */
export function letterLogo(name: string): string {
  const hue = name.split('').reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 360, 7);
  const letter = (/[a-zA-Z0-9]/.exec(name)?.[0] ?? '?').toUpperCase();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="hsl(${hue} 45% 40%)"/><text x="12" y="17" font-family="sans-serif" font-size="14" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
