import drawings from 'virtual:icons';
import type { IconName } from './icon-names.js';

/** A drawing beside a word, which says what it means: it is hidden from who does not see it. */
export function Icon({
  name,
  size = 16,
  className = '',
}: {
  name: IconName;
  size?: number;
  className?: string;
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      className={`shrink-0 ${className}`}
      aria-hidden="true"
      focusable="false"
      // From a package, at build time: never anything that somebody wrote.
      dangerouslySetInnerHTML={{ __html: drawings[name] ?? '' }}
    />
  );
}
