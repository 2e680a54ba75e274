/** The browser that the tests' people use, as the gateway tells it. */
export const BROWSER = 'b'.repeat(64);
