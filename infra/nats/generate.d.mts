/** What nats.conf has to say. */
export function natsConf(): string;
