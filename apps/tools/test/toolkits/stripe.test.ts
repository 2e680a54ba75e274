import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://api.stripe.com/v1';
const thing = (id: string) => ({ id, object: 'thing' });
const list = { object: 'list', data: [thing('a')], has_more: false };

describeToolkit(shipped('stripe'), [
  one(
    'STRIPE_CREATE_CUSTOMER',
    { email: 'ann@example.com', address: { city: 'Rome', line1: 'Via 1' }, metadata: { plan: 'a&b' } },
    `POST ${API}/customers`,
    {
      headers: { authorization: 'Bearer test-token', 'content-type': 'application/x-www-form-urlencoded' },
      body: {
        email: 'ann@example.com',
        'address[city]': 'Rome',
        'address[line1]': 'Via 1',
        'metadata[plan]': 'a&b',
      },
      answer: thing('cus_1'),
    },
  ),
  one('STRIPE_UPDATE_CUSTOMER', { customer: 'cus_1', name: 'Ann' }, `POST ${API}/customers/cus_1`, {
    body: { name: 'Ann' },
    answer: thing('cus_1'),
  }),
  one('STRIPE_RETRIEVE_CUSTOMER', { customer: 'cus_1' }, `GET ${API}/customers/cus_1`, {
    answer: thing('cus_1'),
  }),
  one('STRIPE_DELETE_CUSTOMER', { customer: 'cus_1' }, `DELETE ${API}/customers/cus_1`, {
    answer: thing('cus_1'),
  }),
  one(
    'STRIPE_LIST_CUSTOMERS',
    { email: 'ann@example.com', created: { gte: 5, lt: 9 }, limit: 3, starting_after: 'cus_0' },
    `GET ${API}/customers?email=ann@example.com&created[gte]=5&created[lt]=9&limit=3&starting_after=cus_0`,
    { answer: list },
  ),
  ...(['customers', 'invoices', 'products'] as const).map((things) =>
    one(
      `STRIPE_SEARCH_${things.toUpperCase()}`,
      { query: "email:'ann@example.com'", page: 'p' },
      `GET ${API}/${things}/search?query=email:'ann@example.com'&page=p`,
      { answer: list },
    ),
  ),
  one(
    'STRIPE_CREATE_PRODUCT',
    {
      name: 'Tea',
      default_price_data: { currency: 'eur', unit_amount: 500, recurring: { interval: 'month' } },
    },
    `POST ${API}/products`,
    {
      body: {
        name: 'Tea',
        active: 'true',
        'default_price_data[currency]': 'eur',
        'default_price_data[unit_amount]': '500',
        'default_price_data[recurring][interval]': 'month',
      },
      answer: thing('prod_1'),
    },
  ),
  one('STRIPE_LIST_PRODUCTS', { ids: ['a', 'b'] }, `GET ${API}/products?ids[]=a&ids[]=b`, { answer: list }),
  one('STRIPE_CREATE_PRICE', { currency: 'eur', product: 'prod_1', unit_amount: 500 }, `POST ${API}/prices`, {
    body: { currency: 'eur', product: 'prod_1', unit_amount: '500', active: 'true' },
    answer: thing('price_1'),
  }),
  one('STRIPE_LIST_PRICES', { product: 'prod_1' }, `GET ${API}/prices?product=prod_1`, { answer: list }),
  one(
    'STRIPE_CREATE_PAYMENT_INTENT',
    { amount: 500, currency: 'eur', payment_method_types: ['card'], confirm: true, payment_method: 'pm_1' },
    `POST ${API}/payment_intents`,
    {
      body: {
        amount: '500',
        currency: 'eur',
        payment_method: 'pm_1',
        'payment_method_types[0]': 'card',
        confirm: 'true',
      },
      answer: thing('pi_1'),
    },
  ),
  one('STRIPE_CREATE_PAYMENT_INTENT', { amount: 5, currency: 'eur' }, `POST ${API}/payment_intents`, {
    body: { amount: '5', currency: 'eur', confirm: 'false' },
    status: 400,
    answer: { error: { code: 'amount_too_small', message: 'Amount must be at least €0.50 eur' } },
    error: 'Stripe answered 400 Bad Request: Amount must be at least €0.50 eur',
  }),
  one('STRIPE_RETRIEVE_PAYMENT_INTENT', { payment_intent: 'pi_1' }, `GET ${API}/payment_intents/pi_1`, {
    answer: thing('pi_1'),
  }),
  one(
    'STRIPE_CONFIRM_PAYMENT_INTENT',
    { payment_intent: 'pi_1', payment_method: 'pm_1' },
    `POST ${API}/payment_intents/pi_1/confirm`,
    {
      body: { payment_method: 'pm_1' },
      answer: thing('pi_1'),
    },
  ),
  one('STRIPE_LIST_PAYMENT_INTENTS', { customer: 'cus_1' }, `GET ${API}/payment_intents?customer=cus_1`, {
    answer: list,
  }),
  one('STRIPE_CREATE_REFUND', { payment_intent: 'pi_1', amount: 100 }, `POST ${API}/refunds`, {
    body: { payment_intent: 'pi_1', amount: '100' },
    answer: thing('re_1'),
  }),
  one('STRIPE_RETRIEVE_REFUND', { refund: 're_1' }, `GET ${API}/refunds/re_1`, { answer: thing('re_1') }),
  one('STRIPE_LIST_REFUNDS', { charge: 'ch_1' }, `GET ${API}/refunds?charge=ch_1`, { answer: list }),
  one('STRIPE_RETRIEVE_CHARGE', { charge: 'ch_1' }, `GET ${API}/charges/ch_1`, { answer: thing('ch_1') }),
  one('STRIPE_LIST_CHARGES', { limit: 1 }, `GET ${API}/charges?limit=1`, { answer: list }),
  one(
    'STRIPE_CREATE_INVOICE',
    { customer: 'cus_1', custom_fields: [{ name: 'PO', value: '7' }] },
    `POST ${API}/invoices`,
    {
      body: { customer: 'cus_1', 'custom_fields[0][name]': 'PO', 'custom_fields[0][value]': '7' },
      answer: thing('in_1'),
    },
  ),
  one('STRIPE_LIST_INVOICES', { status: 'open' }, `GET ${API}/invoices?status=open`, { answer: list }),
  one(
    'STRIPE_CREATE_SUBSCRIPTION',
    { customer: 'cus_1', items: [{ price: 'price_1', quantity: 2 }] },
    `POST ${API}/subscriptions`,
    {
      body: {
        customer: 'cus_1',
        'items[0][price]': 'price_1',
        'items[0][quantity]': '2',
        cancel_at_period_end: 'false',
        collection_method: 'charge_automatically',
      },
      answer: thing('sub_1'),
    },
  ),
  one(
    'STRIPE_RETRIEVE_SUBSCRIPTION',
    { subscription_exposed_id: 'sub_1' },
    `GET ${API}/subscriptions/sub_1`,
    {
      answer: thing('sub_1'),
    },
  ),
  one(
    'STRIPE_CANCEL_SUBSCRIPTION',
    { subscription_exposed_id: 'sub_1', prorate: true },
    `DELETE ${API}/subscriptions/sub_1`,
    {
      body: { prorate: 'true' },
      answer: thing('sub_1'),
    },
  ),
  one(
    'STRIPE_LIST_SUBSCRIPTIONS',
    { status: 'all', current_period_end: { lt: 9 } },
    `GET ${API}/subscriptions?status=all&current_period_end[lt]=9`,
    {
      answer: list,
    },
  ),
  one('STRIPE_RETRIEVE_BALANCE', {}, `GET ${API}/balance`, {
    answer: { object: 'balance', available: [{}] },
  }),
]);
