// One channel for all calls: retries, deadlines and load balancing are in ../service-config.json.
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { AFTERCALL = 'localhost:9000', AFTERCALL_AUTHORITY, AFTERCALL_TOKEN_FILE } = process.env;

const files = ['acw/v1/acw_service.proto', 'acw/v1/agent_state_service.proto'];
const format = { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true };
const contract = loader.loadSync(files, { ...format, includeDirs: [path('../../proto')] });
const { AcwService, AgentStateService } = grpc.loadPackageDefinition(contract).acw.v1;

// Without TLS only to this machine, or where a mesh encrypts.
const credentials = AFTERCALL_AUTHORITY
  ? grpc.credentials.createSsl(readFileSync(AFTERCALL_AUTHORITY))
  : grpc.credentials.createInsecure();
const options = {
  'grpc.service_config': readFileSync(path('../service-config.json'), 'utf8'),
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // By default a server that was away for long would be looked for every two minutes only.
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
};

export const states = new AgentStateService(AFTERCALL, credentials, options);
export const acws = new AcwService(AFTERCALL, credentials, { ...options, channelOverride: states.getChannel() });

// Made for each call: whoever renews the token writes it into the same file.
export function metadata(options) {
  const headers = new grpc.Metadata(options);
  if (AFTERCALL_TOKEN_FILE) {
    headers.set('authorization', `Bearer ${readFileSync(AFTERCALL_TOKEN_FILE, 'utf8').trim()}`);
  }
  return headers;
}
