import { connect, createServer } from 'node:net';

/**
 * A way through TCP to a port of this machine that can be cut: nothing arrives then, in either direction, and nobody is
 * told. Mended, it goes on as TCP does, with what had been on its way.
 */
export async function startLink(target) {
  const sockets = new Set();
  const link = { port: 0, target, isCut: false };
  const server = createServer((near) => {
    const far = connect(link.target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => one.destroy());
      one.on('data', (data) => {
        if (!other.write(data)) one.pause();
      });
      one.on('drain', () => !link.isCut && other.resume());
      one.once('close', () => {
        sockets.delete(one);
        // The end of a connection does not arrive either.
        if (!link.isCut) other.destroy();
      });
      if (link.isCut) one.pause();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  link.port = server.address().port;
  link.cut = () => {
    link.isCut = true;
    for (const socket of sockets) socket.pause();
  };
  link.mend = () => {
    link.isCut = false;
    for (const socket of sockets) socket.resume();
  };
  /** As after a failover: whoever connects from now on is led to another server, and those who are connected are told. */
  link.leadTo = (other) => {
    link.target = other;
    for (const socket of sockets) socket.destroy();
  };
  link.close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return link;
}
