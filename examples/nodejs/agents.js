// The latest state of every agent, kept by a stream that goes on where it broke off.
import grpc from '@grpc/grpc-js';
import { setTimeout as pause } from 'node:timers/promises';
import { backoff } from './commands.js';
import { metadata, states } from './connection.js';

// A bookmark comes every 5 s: after three of them have not, the connection is dead whatever it says.
const SILENCE_MS = 15_000;
const { OUT_OF_RANGE, INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED } = grpc.status;

const known = new Map();
const offeredAt = new Map();
let snapshot = new Map();
let token = '';
let stream;
let closed = false;

// Reads for as long as the router runs, and tells `changed` after each message. Fails if the server refuses for good.
export async function watch(changed) {
  for (let failures = 0; !closed; failures++) {
    let wait;
    let why = 'OK';
    snapshot = new Map();
    // Every change, as all are printed; for routing alone the latest state of each, the default, is enough.
    const request = { resume_token: token, delivery: 'STREAM_DELIVERY_EVERY_CHANGE' };
    stream = states.StreamAgentStates(request, metadata());
    const silence = setTimeout(() => stream.cancel(), SILENCE_MS);
    try {
      for await (const response of stream) {
        silence.refresh();
        failures = 0;
        response.events.forEach((event) => {
          take(event);
          wait = event.going_away ? milliseconds(event.going_away.reconnect_after_duration) : wait;
        });
        // After what it covers has been taken in, never before.
        token = response.resume_token || token;
        changed();
      }
    } catch (error) {
      why = grpc.status[error.code];
      if (error.code === OUT_OF_RANGE) {
        token = '';
      } else if (!why || [INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED].includes(error.code)) {
        throw error;
      }
    } finally {
      clearTimeout(silence);
    }
    if (!closed) {
      wait ??= backoff(failures);
      console.error(`stream ended (${why}), again in ${Math.round(wait)} ms`);
      await pause(wait);
    }
  }
}

export function close() {
  closed = true;
  stream.cancel();
}

// Who has been free for longest, set aside until there is news of him; undefined if nobody is.
export function takeLongestFree() {
  const [longest] = [...known.values()]
    .filter((state) => state.routable_channels.includes('CHANNEL_VOICE'))
    .filter((state) => !(offeredAt.get(state.agent_id) >= state.version))
    .sort((a, b) => milliseconds(a.status_since_time) - milliseconds(b.status_since_time));
  if (longest) {
    offeredAt.set(longest.agent_id, longest.version);
  }
  return longest?.agent_id;
}

function take({ snapshot_entry, snapshot_end, change }) {
  if (snapshot_entry) {
    snapshot.set(snapshot_entry.state.agent_id, snapshot_entry.state);
  } else if (snapshot_end) {
    // Instead of what was known: it may be of a database that was restored.
    known.clear();
    offeredAt.clear();
    snapshot.forEach((state, agentId) => known.set(agentId, state));
    console.log(`r${snapshot_end.revision} ${known.size} agents`);
  } else if (change) {
    const { state, revision, interaction_id } = change;
    const cause = change.cause.replace('AGENT_STATE_CHANGE_CAUSE_', '');
    cause === 'AGENT_DELETED' ? known.delete(state.agent_id) : known.set(state.agent_id, state);
    const status = state.status.replace('AGENT_STATUS_', '');
    console.log(`r${revision} ${state.agent_id} ${status} ${cause} ${interaction_id}`.trim());
  }
}

function milliseconds({ seconds, nanos }) {
  return seconds * 1_000 + nanos / 1e6;
}
