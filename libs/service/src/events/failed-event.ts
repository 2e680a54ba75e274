/** A message that was given up. */
export interface FailedEvent {
  /** Its place in the stream, with the time: a stream that was made again counts from one again. */
  eventId: string;
  subject: string;
  /** One event a line. */
  body: string;
  reason: string;
}
