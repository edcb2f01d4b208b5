// A small call router. Standard input is its telephony: `call ID` is a caller in the queue, `hangup ID` the end of a
// call. It prints what it does and what happens to agents.
//   npm ci && node router.js
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import { close, takeLongestFree, watch } from './agents.js';
import { reason, send } from './commands.js';
import { acws, states } from './connection.js';

const calls = new Map();
const waiting = [];
const underWay = new Set();

function arrive(id) {
  const interaction = { interaction_id: id, channel: 'CHANNEL_VOICE', direction: 'DIRECTION_INBOUND', queue_id: 'sales' };
  const call = { interaction, agentId: undefined, answered: false, over: false };
  calls.set(id, call);
  waiting.push(call);
  route();
  if (waiting.includes(call)) {
    console.log(`${id} waits`);
  }
}

function route() {
  while (waiting.length > 0) {
    const agentId = takeLongestFree();
    if (!agentId) {
      return;
    }
    const call = waiting.shift();
    call.agentId = agentId;
    until(offer(call));
  }
}

// The stream says who is free; whether he still is, and takes no other call at the same moment, the server decides.
// His telephone rings after that, not before.
async function offer(call) {
  const { interaction, agentId } = call;
  try {
    await send(states, 'BeginInteraction', { request_id: randomUUID(), agent_id: agentId, interaction });
  } catch (error) {
    if (reason(error) === 'AGENT_NOT_ROUTABLE' && !call.over) {
      waiting.unshift(call);
      route();
    } else {
      console.log(`${interaction.interaction_id} is lost: ${reason(error) || error.message}`);
    }
    return;
  }
  console.log(`${interaction.interaction_id} goes to ${agentId}`);
  call.answered = true;
  if (call.over) {
    await end(call);
  }
}

function hangUp(id) {
  const call = calls.get(id);
  calls.delete(id);
  if (call?.answered) {
    until(end(call));
  } else if (call) {
    // Nobody has it, or it is just being offered: then `offer` ends it.
    call.over = true;
    waiting.splice(0, waiting.length, ...waiting.filter((other) => other !== call));
  }
}

async function end({ interaction, agentId, over }) {
  const outcome = over ? 'INTERACTION_OUTCOME_MISSED' : 'INTERACTION_OUTCOME_ANSWERED';
  const request = { request_id: randomUUID(), agent_id: agentId, interaction: { ...interaction, outcome } };
  const { acw, not_required } = await send(acws, 'StartAcw', request);
  const then = acw ? 'ACW' : not_required.replace('ACW_NOT_REQUIRED_REASON_', 'no ACW, ');
  console.log(`${interaction.interaction_id} ended for ${agentId}: ${then}`);
}

function until(promise) {
  underWay.add(promise);
  promise.catch(fail).finally(() => underWay.delete(promise));
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

watch(route).catch(fail);
for await (const line of createInterface({ input: process.stdin })) {
  const [word, id] = line.trim().split(' ');
  ({ call: arrive, hangup: hangUp })[word]?.(id);
}
await Promise.all(underWay);
close();
states.close();
acws.close();
