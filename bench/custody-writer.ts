import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One event that the interface said it took. */
export interface Acknowledged {
  readonly eventId: string;
}

const suites = ['GM-LS', 'GM-CH', 'GM-SW', 'GM-BO', 'GM-BU', 'GM-AS', 'GM-WI', 'GM-NM'] as const;

/** An arrival, or something later in the same stay. Invented: the name is a number. */
export function custodyEvent(
  stay: string,
  step: number,
  at: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const common = {
    eventId: `${stay}-${String(step)}`,
    force: '06',
    custodyNumber: stay,
    happenedAt: at.add({ seconds: step }).toString(),
  };
  if (step === 0)
    return {
      ...common,
      kind: 'arrived',
      legalBasis: 'pace-arrest',
      suite: { code: suites[stay.length % suites.length] },
      place: '7',
      person: { givenName: 'Bench', familyName: `Number ${stay}`, birthDate: '1990-05-17', sex: 'male' },
    };
  if (step === 1) return { ...common, kind: 'investigator', detail: { name: 'DC Invented' } };
  return { ...common, kind: 'moved-cell', place: String(step) };
}

/**
 * Posts events through the real interface until `stopped`, one request after another, and keeps what was answered
 * as accepted. A request that gets no answer is acknowledged by nobody: it may or may not have happened.
 */
export async function writeCustodyEvents(options: {
  readonly base: string;
  readonly token: string;
  /** Names the stays of this writer. */
  readonly name: string;
  /** An address of this machine's loopback: the service counts requests by address. */
  readonly from: string;
  readonly at: Temporal.Instant;
  readonly stopped: () => boolean;
  readonly acknowledged: (event: Acknowledged) => void;
}): Promise<{ readonly unexpected: readonly string[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: options.from });
  const unexpected: string[] = [];
  for (let stay = 0; !options.stopped(); stay += 1) {
    for (let step = 0; step < 3 && !options.stopped(); step += 1) {
      const event = custodyEvent(`${options.name}S${String(stay)}`, step, options.at);
      const answer = await post(agent, `${options.base}/api/custody-events`, options.token, event);
      if (answer === null) continue;
      if (answer.status === 429) {
        await sleep(200);
        continue;
      }
      if (answer.status === 200 && /"outcome":"(accepted|repeated)"/.test(answer.body))
        options.acknowledged({ eventId: String(event['eventId']) });
      // While everything is being killed, a fault is an honest answer; a refusal is not.
      else if (answer.status < 500) unexpected.push(`${String(answer.status)} ${answer.body.slice(0, 200)}`);
    }
  }
  agent.destroy();
  return { unexpected };
}

/** One request; null when the connection broke. */
export function post(
  agent: Agent,
  url: string,
  token: string,
  body: unknown,
): Promise<{ readonly status: number; readonly body: string } | null> {
  const { promise, resolve } = Promise.withResolvers<{ status: number; body: string } | null>();
  const text = JSON.stringify(body);
  const sent = request(
    url,
    {
      agent,
      method: 'POST',
      timeout: 10_000,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        authorization: `Bearer ${token}`,
      },
    },
    (response) => {
      let received = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        received += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: received }));
      response.on('error', () => resolve(null));
      response.on('close', () => resolve(null));
    },
  );
  sent.on('error', () => resolve(null));
  sent.on('timeout', () => sent.destroy());
  sent.end(text);
  return promise;
}
