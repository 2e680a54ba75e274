import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import {
  created,
  customer,
  flag,
  getTool,
  list,
  listTool,
  metadata,
  number,
  object,
  post,
  text,
  texts,
  Thing,
} from './fields.js';

export const billingTools: ToolSpec[] = [
  requestTool({
    slug: 'STRIPE_CREATE_INVOICE',
    name: 'Create invoice',
    description: 'Makes a draft of an invoice for a customer, with what is still to be charged if wanted.',
    input: z.object({
      customer: z.string().min(1).describe('Id of the customer.'),
      auto_advance: flag('Whether Stripe finishes and collects it by itself.'),
      collection_method: z
        .enum(['charge_automatically', 'send_invoice'])
        .optional()
        .describe('Whether it is taken, or sent to be paid.'),
      days_until_due: number('Days to pay, for send_invoice.'),
      due_date: number('Day to pay, in seconds since 1970, for send_invoice.'),
      currency: text('Currency, three letters in lower case.'),
      description: text('Text at its top.'),
      footer: text('Text at its foot.'),
      custom_fields: list('Up to four lines of your own, each as {name, value}.'),
      default_payment_method: text('Id of the way of paying.'),
      default_tax_rates: texts('Ids of tax rates.'),
      automatic_tax: object('Whether Stripe reckons the tax: enabled.'),
      discounts: list('Discounts, each as {coupon} or {discount}.'),
      pending_invoice_items_behavior: z
        .enum(['include', 'exclude'])
        .optional()
        .describe('Whether items still to be charged go onto it.'),
      subscription: text('Id of the subscription that it is for.'),
      account_tax_ids: texts('Tax ids of the account that stand on it.'),
      application_fee_amount: number('What a platform keeps of it, in the smallest unit.'),
      automatically_finalizes_at: number('When Stripe finishes it, in seconds since 1970.'),
      default_source: text('Id of the source of payment.'),
      from_invoice: object('The invoice that it corrects: action and invoice.'),
      metadata,
    }),
    output: Thing,
    covers: ['POST /v1/invoices'],
    tags: [],
    request: (given) => post('/v1/invoices', given),
  }),
  listTool('STRIPE_LIST_INVOICES', 'List invoices', 'Lists invoices, newest first.', '/v1/invoices', {
    customer,
    subscription: text('Only of this subscription.'),
    status: z
      .enum(['draft', 'open', 'paid', 'uncollectible', 'void'])
      .optional()
      .describe('Only in this state.'),
    collection_method: text('charge_automatically or send_invoice.'),
    created,
  }),
  requestTool({
    slug: 'STRIPE_CREATE_SUBSCRIPTION',
    name: 'Create subscription',
    description: 'Begins a subscription of a customer to one or several prices.',
    input: z.object({
      customer: z.string().min(1).describe('Id of the customer.'),
      items: z.array(z.looseObject({})).min(1).describe('The prices, each as {price, quantity}.'),
      add_invoice_items: list('What else stands on the first invoice.'),
      automatic_tax: object('Whether Stripe reckons the tax: enabled.'),
      billing_cycle_anchor: number('When its month begins, in seconds since 1970.'),
      cancel_at: number('When it ends by itself, in seconds since 1970.'),
      cancel_at_period_end: z
        .boolean()
        .default(false)
        .describe('Whether it ends with the time that is paid.'),
      collection_method: z
        .enum(['charge_automatically', 'send_invoice'])
        .default('charge_automatically')
        .describe('Whether invoices are taken, or sent to be paid.'),
      currency: text('Currency, three letters in lower case.'),
      days_until_due: number('Days to pay, for send_invoice.'),
      default_payment_method: text('Id of the way of paying.'),
      description: text('A note that customers may see.'),
      payment_behavior: text('What happens if the first payment fails, such as default_incomplete.'),
      trial_end: number('When the trial ends, in seconds since 1970.'),
      trial_period_days: number('Days of trial.'),
      application_fee_percent: z
        .number()
        .min(0)
        .max(100)
        .optional()
        .describe('What a platform keeps of each invoice, in percent.'),
      backdate_start_date: number('When it is reckoned from, in seconds since 1970.'),
      billing_cycle_anchor_config: object('When its month begins: day_of_month, hour, minute.'),
      billing_thresholds: object('When an invoice is made early: amount_gte.'),
      default_source: text('Id of the source of payment.'),
      default_tax_rates: texts('Ids of tax rates.'),
      metadata,
    }),
    output: Thing,
    covers: ['POST /v1/subscriptions'],
    tags: ['destructiveHint'],
    request: (given) => post('/v1/subscriptions', given),
  }),
  getTool(
    'STRIPE_RETRIEVE_SUBSCRIPTION',
    'Retrieve subscription',
    'Reads one subscription with its state.',
    'subscriptions',
    'subscription_exposed_id',
  ),
  requestTool({
    slug: 'STRIPE_CANCEL_SUBSCRIPTION',
    name: 'Cancel subscription',
    description: 'Ends a subscription at once.',
    input: z.object({
      subscription_exposed_id: z.string().min(1).describe('Id of the subscription, such as sub_123.'),
      invoice_now: flag('Whether what was used is charged now.'),
      prorate: flag('Whether what is left is given back.'),
    }),
    output: Thing,
    covers: ['DELETE /v1/subscriptions/{subscription_exposed_id}'],
    tags: ['destructiveHint', 'idempotentHint'],
    request: ({ subscription_exposed_id, ...form }) => ({
      method: 'DELETE',
      url: path`/v1/subscriptions/${subscription_exposed_id}`,
      body: { form },
    }),
  }),
  listTool(
    'STRIPE_LIST_SUBSCRIPTIONS',
    'List subscriptions',
    'Lists subscriptions, newest first.',
    '/v1/subscriptions',
    {
      customer,
      price: text('Only to this price.'),
      status: text('Only in this state: active, past_due, canceled, all …'),
      collection_method: text('charge_automatically or send_invoice.'),
      created,
      current_period_start: created,
      current_period_end: created,
      automatic_tax: object('Only with or without reckoned tax: enabled.'),
      test_clock: text('Only of this test clock.'),
    },
  ),
];
