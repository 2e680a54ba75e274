import { useState } from 'react';

/** A toolkit's picture, or its first letter where there is none. */
export function Logo({ src, name, size = 20 }: { src?: string | undefined; name: string; size?: number }) {
  const [failed, setFailed] = useState<string>();
  const isShown = src !== undefined && /^(https:|data:image\/)/.test(src) && failed !== src;
  return (
    <span
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: size * 0.5 }}
      className="inline-flex shrink-0 items-center justify-center overflow-hidden rounded-md bg-[#eef0f6] align-middle font-semibold text-[#5b6274] uppercase"
    >
      {isShown ? (
        <img
          src={src}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setFailed(src)}
          className="size-full object-contain"
        />
      ) : (
        name.slice(0, 1)
      )}
    </span>
  );
}
