import { serviceSettings } from '@patchbay/service';
import { z } from 'zod';

export const workbenchConfig = z.object(serviceSettings);
