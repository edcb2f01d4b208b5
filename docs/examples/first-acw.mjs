// A router's first after-call work, in JavaScript: watches the agents, ends a call, and sees the ACW end by itself.
//   npm install --no-save @grpc/grpc-js @grpc/proto-loader && node docs/examples/first-acw.mjs
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const proto = fileURLToPath(new URL('../../proto', import.meta.url));
const files = ['acw/v1/acw_service.proto', 'acw/v1/agent_state_service.proto'];
const options = { includeDirs: [proto], keepCase: true, longs: Number, enums: String, oneofs: true };
const { AcwService, AgentStateService } = grpc.loadPackageDefinition(loader.loadSync(files, options)).acw.v1;

const target = process.env.AFTERCALL ?? '127.0.0.1:9000';
const acw = new AcwService(target, grpc.credentials.createInsecure());
const agents = new AgentStateService(target, grpc.credentials.createInsecure());
const soon = () => ({ deadline: Date.now() + 5_000 });
const time = ({ seconds, nanos = 0 }) => new Date(seconds * 1_000 + nanos / 1e6).toISOString();

const agentId = `agent-${process.pid}`;
const interactionId = `call-${Date.now()}`;

const stream = agents.StreamAgentStates({ filter: { agent_ids: [agentId] }, delivery: 'STREAM_DELIVERY_EVERY_CHANGE' });
stream.on('error', (error) => { console.error(error.message); process.exit(1); });
stream.on('data', ({ events }) => events.filter((e) => e.change).forEach(({ change }) => {
  console.log(`${time(change.change_time)}  ${change.previous_status} -> ${change.state.status}  ${change.cause}`);
  if (change.cause === 'AGENT_STATE_CHANGE_CAUSE_ACW_ENDED') {
    console.log(`The ACW ended by itself: ${change.end_reason}`);
    process.exit(0);
  }
}));
await new Promise((ready) => stream.once('data', ready));

const start = promisify(acw.StartAcw.bind(acw));
const { acw: started } = await start(
  { agent_id: agentId, interaction: { interaction_id: interactionId, channel: 'CHANNEL_VOICE', queue_id: 'sales' } },
  soon(),
);
console.log(`ACW ${started.acw_id} runs until ${time(started.deadline_time)}`);
