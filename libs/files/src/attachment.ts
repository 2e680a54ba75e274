/** A Content-Disposition that saves the answer under a name in any script (RFC 6266, RFC 8187). */
export function attachment(filename: string): string {
  const encoded = encodeURIComponent(filename).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}
