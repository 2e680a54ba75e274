// How we learn that we are to stop.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Calls the listener with each signal that asks us to stop, SIGHUP when npm is gone; the returned function ends that. */
export function onStop(listener) {
  for (const signal of signals) process.on(signal, listener);
  // npm hands a signal to the shell between it and us, and that shell may end without passing it on.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    listener('SIGHUP');
  }, 200);
  watch.unref();
  if (!process.env.npm_lifecycle_event) clearInterval(watch);
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, listener);
  };
}
