export { Mark, SignIn } from './sign-in.js';
