export function decodeText(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A name that nobody knows: most pages are UTF-8 all the same.
    return new TextDecoder().decode(bytes);
  }
}
