import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { interrupted, print, type SimulatorCommand, wholeNumber } from '../commands/command.ts';
import { startTelephoneGateway } from './start-telephone-gateway.ts';

const HELP = `npm run simulate -- telephone-gateway [options]

A stand-in for the telephone gateway: it shows what it was asked to say and reaches no telephone.

  --host HOST           default 127.0.0.1: whoever reaches the page answers for the owners
  --port PORT           default 8115
  --callback URL        where the centre takes receipts,
                        default http://127.0.0.1:8114/api/gateway/telephone/events
  --secret-file FILE    the secret shared with the centre; or KENG_TELEPHONE_GATEWAY_SECRET
  --ring-seconds COUNT  how long an unanswered call rings, default 30
`;

export const telephoneGateway: SimulatorCommand = {
  name: 'telephone-gateway',
  summary: 'a stand-in that shows what it was asked to say and lets you press keys',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8115' },
        callback: { type: 'string', default: 'http://127.0.0.1:8114/api/gateway/telephone/events' },
        'secret-file': { type: 'string' },
        'ring-seconds': { type: 'string', default: '30' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      print(HELP);
      return 0;
    }
    const gateway = await startTelephoneGateway({
      host: values.host,
      port: wholeNumber('port', values.port, 0, 65_535),
      callback: new URL(values.callback).href,
      secret: readSecret(values['secret-file']),
      ringSeconds: wholeNumber('ring-seconds', values['ring-seconds'], 1, 3_600),
      log: print,
    });
    print(`Stand-in telephone gateway (no telephone is reached): ${gateway.url}`);
    await interrupted();
    await gateway.stop();
    return 0;
  },
};

function readSecret(file: string | undefined): string {
  const secret =
    file === undefined
      ? (process.env.KENG_TELEPHONE_GATEWAY_SECRET ?? '')
      : fs.readFileSync(file, 'utf8').trim();
  if (secret.length >= 16) return secret;
  throw new Error(
    'the secret shared with the centre is needed: --secret-file FILE with at least 16 characters',
  );
}
