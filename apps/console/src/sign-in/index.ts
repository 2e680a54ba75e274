export { pendingToken } from './link-token.js';
export { Mark, SignIn } from './sign-in.js';
export { SignInPage } from './sign-in.page.js';
