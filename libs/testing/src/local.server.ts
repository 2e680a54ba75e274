import { createServer, type RequestListener } from 'node:http';

/** A server of a test's own on loopback. */
export interface LocalServer {
  url: string;
  close(): Promise<void>;
}

export async function listenLocally(port: number, listener: RequestListener): Promise<LocalServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
