export { LinkQuestion } from './link-question.js';
export { dropToken, pendingToken } from './link-token.js';
export { Mark, SignIn } from './sign-in.js';
export { SignInPage } from './sign-in.page.js';
