import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { billingTools } from './billing.js';
import { customerTools } from './customers.js';
import { paymentTools } from './payments.js';
import { stripeTriggers } from './triggers/index.js';

/** https://docs.stripe.com/api */
export const stripe: ToolkitSpec = {
  slug: 'stripe',
  name: 'Stripe',
  description: 'Customers, payments, refunds, invoices, subscriptions, products and prices at Stripe.',
  logo: icon(
    '#635bff',
    '<path d="M15.500 9c-1-1.500-6-2-6 .7 0 2.600 6 1.900 6 4.600 0 2.700-5 2.500-6.500.7"/>',
  ),
  categories: ['payment processing'],
  version: '20261122_00',
  baseUrl: 'https://api.stripe.com',
  idempotencyHeader: 'idempotency-key',
  auth: [
    {
      scheme: 'API_KEY',
      placement: { headers: { authorization: 'Bearer {generic_api_key}' } },
      connectionFields: [
        authField('generic_api_key', 'Secret key', {
          secret: true,
          description: 'sk_… or, better, a restricted key rk_… with only the rights needed.',
        }),
      ],
      helpUrl: 'https://dashboard.stripe.com/apikeys',
    },
  ],
  currentUser: { path: '/v1/account', displayName: 'email' },
  tools: [...customerTools, ...paymentTools, ...billingTools],
  triggers: stripeTriggers,
};
