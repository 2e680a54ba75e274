export { LinksModule } from './links.module.js';
export { LinksService } from './links.service.js';
export { SignIn } from './sign-in.entity.js';
