// Commands that get through, and what errors say.
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { metadata } from './connection.js';

const proto = fileURLToPath(new URL('error_details.proto', import.meta.url));
const details = loader.loadSync(proto, { keepCase: true, longs: Number, defaults: true });
const { UNAVAILABLE, DEADLINE_EXCEEDED, UNAUTHENTICATED } = grpc.status;

// From nothing to twice as long each time, up to 2 s: those who failed together do not come back together.
export const backoff = (failures) => Math.random() * Math.min(2_000, 100 * 2 ** failures);

// Repeats a command as it was until it is answered: one that got lost would leave its agent in a call that is over.
// The token may have expired, and is another one by the next attempt.
export async function send(client, method, request) {
  for (let failures = 0; ; failures++) {
    try {
      return await new Promise((resolve, reject) => {
        const answer = (error, response) => (error ? reject(error) : resolve(response));
        client[method](request, metadata({ waitForReady: true }), answer);
      });
    } catch (error) {
      const delay = retryDelay(error);
      if (delay === undefined && ![UNAVAILABLE, DEADLINE_EXCEEDED, UNAUTHENTICATED].includes(error.code)) {
        throw error;
      }
      await pause((delay ?? 0) + backoff(failures));
    }
  }
}

// The server's reason, as AGENT_NOT_ROUTABLE; empty if it gave none.
export const reason = (error) => detail(error, 'ErrorInfo')?.reason ?? '';

// When the server wants to be asked again, in ms; undefined if it does not say.
function retryDelay(error) {
  const delay = detail(error, 'RetryInfo')?.retry_delay;
  return delay && delay.seconds * 1_000 + delay.nanos / 1e6;
}

function detail(error, type) {
  const [status] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const all = status ? details['google.rpc.Status'].deserialize(status).details : [];
  const found = all.find((any) => any.type_url.endsWith(`/google.rpc.${type}`));
  return found && details[`google.rpc.${type}`].deserialize(found.value);
}
