/** What is used of a service's log. */
export interface ErrorLogger {
  error(about: object, message: string): void;
}
