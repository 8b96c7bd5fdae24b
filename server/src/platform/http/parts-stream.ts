import { Readable } from 'node:stream';

/**
 * An answer that begins before all of it is known. What fails before the first part is a proper answer with its reason; what
 * fails later breaks the connection, and the reader sees that it has not got everything.
 * @param produce hands over each part as soon as it has it, and never waits for the reader: it may hold a transaction
 */
export async function streamParts(
  produce: (take: (part: string) => void) => Promise<void>,
): Promise<Readable> {
  const stream = new Readable({ read: () => undefined });
  return await new Promise((resolve, reject) => {
    let begun = false;
    const take = (part: string): void => {
      begun = true;
      stream.push(part);
      resolve(stream);
    };
    produce(take).then(
      () => {
        stream.push(null);
        resolve(stream);
      },
      (error: unknown) => {
        // Whom the stream was given hears of it there; nobody listens to one that was never given.
        if (begun) stream.destroy(error instanceof Error ? error : new Error(String(error)));
        else reject(error);
      },
    );
  });
}
