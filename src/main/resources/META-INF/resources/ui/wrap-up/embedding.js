// Talks to the page that this window is embedded in: only to origins that the server allows, and never to others.
import { about, parse, VERSION } from './messages.js';

export class Embedding {
  #desk;
  #work;
  #origins;

  /** @param work the view of what is shown */
  constructor(desk, { frame_ancestors: origins }, work) {
    this.#desk = desk;
    this.#work = work;
    this.#origins = new Set(origins);
    addEventListener('message', (event) => this.#hear(event));
    const tell = (type, name, more = () => ({})) => desk.addEventListener(type, ({ detail }) => this.#tell(`aftercall.${name}`, { ...about(detail.item), ...more(detail) }));
    tell('began', 'acw-started');
    tell('moved', 'acw-changed', ({ item }) => ({ paused: item.acw.paused ?? false }));
    tell('ending', 'acw-ending');
    tell('ended', 'acw-ended', ({ item }) => ({ end_reason: item.ended.reason }));
    tell('completed', 'wrap-up-completed', ({ item, answer }) => ({
      disposition_code: item.saver.draft.mine.disposition_code ?? '', wrap_up_status: answer.wrap_up_status ?? '',
    }));
    tell('completed', 'acw-ended', () => ({ end_reason: 'ACW_END_REASON_COMPLETED' }));
    desk.addEventListener('open-customer', ({ detail }) => this.#tell('aftercall.open-customer', { agent_id: desk.agentId, customer_id: detail.customer }));
    this.#tell('aftercall.ready', { agent_id: desk.agentId });
  }

  /** A browser delivers a message only where it is meant to go; where it can say who is there, others are not even tried. */
  #tell(type, body) {
    const [parent] = location.ancestorOrigins ?? [];
    for (const origin of this.#origins) {
      if (!parent || parent === origin) window.parent.postMessage({ type, version: VERSION, ...body }, origin);
    }
  }

  async #hear({ source, origin, data }) {
    if (source !== window.parent || !this.#origins.has(origin)) return;
    const heard = parse(data);
    if (heard === null) return;
    const result = heard.violations ? refusal('INVALID_FIELDS', heard.violations) : await this.#do(heard.request);
    const answer = { type: 'aftercall.result', version: VERSION, request_id: data.request_id ?? '', to: data.type, ...result };
    source.postMessage(answer, origin);
  }

  async #do(request) {
    const item = request.interaction_id ? this.#desk.items.get(request.interaction_id) : this.#desk.item;
    if (request.type === 'aftercall.get-state') return { ok: true, work: [...this.#desk.items.values()].filter(({ acw }) => acw).map(about) };
    if (!item) return refusal('NO_SUCH_WORK');
    if (!this.#work()?.can.write) return refusal('PERMISSION_DENIED');
    if (this.#desk.item !== item) this.#desk.show(item.id);
    await this.#work().updateComplete;
    return (await this.#write(item, request)) ?? { ok: true, interaction_id: item.id };
  }

  async #write(item, request) {
    const { saver } = item;
    const { mine } = saver.draft;
    item.touched = true;
    switch (request.type) {
      case 'aftercall.set-subject': return saver.change('subject', request.text);
      case 'aftercall.set-notes': return saver.change('notes', request.text);
      case 'aftercall.append-notes': return saver.change('notes', [mine.notes, request.text].filter(Boolean).join('\n'));
      case 'aftercall.set-form-values': return saver.change('form_values', { ...mine.form_values, ...request.form_values });
      case 'aftercall.add-tags': return saver.change('tags', [...new Set([...(mine.tags ?? []), ...request.tags])]);
      case 'aftercall.set-disposition': return this.#work().form.chooseCode(request.disposition_code) ? undefined : refusal('DISPOSITION_UNKNOWN');
      case 'aftercall.extend': return (await this.#work().extend()) ? undefined : refusal('EXTENSION_NOT_ALLOWED');
      default: return this.#complete(item);
    }
  }

  async #complete(item) {
    await this.#work().complete();
    const { refusal: refused, problem } = item.saver;
    if (!this.#desk.items.has(item.id)) return undefined;
    return refusal(refused?.title ?? problem?.title ?? 'NOT_COMPLETED', refused?.violations);
  }
}

function refusal(reason, violations = []) {
  return { ok: false, reason, violations };
}
